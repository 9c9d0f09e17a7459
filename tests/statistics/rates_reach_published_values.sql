-- The rate macros against published or hand-made values. Returns what is off by more
-- than the last digit given. Wilson: 1 of 11 at 95 % is (.0162, .3774), 0 of 10 is
-- (0, .2775). By hand: eb_lower(3, 10, 2, 48) is the bound of 5 of 60, that is
-- (5 + 1.353 - 1.645 sqrt(5 * 55 / 60 + .6765)) / 62.706; the strength of a mean of .04
-- and a variance of .000768 is .04 * .96 / .000768 - 1; the variance of the rates 0, .1
-- and .2 on 10 trials each is (.5 - .1 * 3 - 2 * .1 * .9) / (30 - 10 - 2).
with results (what, got, expected) as (
    values
    ('wilson 1 of 11, lower', {{ wilson_lower(1, 11, 1.959964) }}, .0162),
    ('wilson 1 of 11, upper', {{ wilson_upper(1, 11, 1.959964) }}, .3774),
    ('wilson 0 of 10, lower', {{ wilson_lower(0, 10, 1.959964) }}, 0),
    ('wilson 0 of 10, upper', {{ wilson_upper(0, 10, 1.959964) }}, .2775),
    ('nothing seen has no bound', {{ wilson_lower(0, 0) }}, null),
    ('3 of 10 among peers of 2 in 50', {{ eb_rate(3, 10, 2, 48) }}, .0833),
    ('the least 3 of 10 means there', {{ eb_lower(3, 10, 2, 48) }}, .0412),
    ('strength of a prior', {{ eb_strength(0.04, 0.000768) }}, 49),
    ('strength is at most 5000', {{ eb_strength(0.04, 1e-9) }}, 5000),
    ('strength is at least 5', {{ eb_strength(0.04, 0.02) }}, 5),
    ('variance of true rates', {{ eb_variance(3, 3, 30, 0.5, 300) }}, .0011),
    ('no variance, no less', {{ eb_variance(3, 3, 30, 0.3, 300) }}, .000000001)
)

select *
from results
where
    (got is null) != (expected is null)
    or abs(got - expected) > .00006
