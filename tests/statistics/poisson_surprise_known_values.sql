-- Poisson tails against published tables and hand values. A row is a macro that is
-- wrong. 0.5 | 1: P(X >= 1) = 1 - exp(-0.5) = 0.393469 (hand). 2 | 5: 1 - 7 exp(-2) =
-- 0.0526530 (table: 0.9473 up to 4). 10 | 20: table of cumulative probabilities, P(X <=
-- 19) = 0.9965. 0.05 | 10: exp(-0.05) 0.05^10 / 10! (1 + 0.05 / 11). 1 | 1: 1 - 1/e. 4
-- | 4: 1 - (1 + 4 + 8 + 32/3) exp(-4) = 0.566530. 1000 | 1: all but exp(-1000). 1200 |
-- 1300: above the exact range, summed elsewhere with 80 digits. Burstier than Poisson:
-- 40 | 10 at dispersion 4 is 10 | 2.5, at 1.5 itself.
with known (k, expected, dispersion, surprise, tolerance) as (
    values
    (1, 0.5, 1.0, 0.405089, 0.000001),
    (5, 2.0, 1.0, 1.278577, 0.000001),
    (20, 10.0, 1.0, 2.4559, 0.01),
    (10, 0.05, 1.0, 19.5898, 0.0001),
    (1, 1.0, 1.0, 0.1992, 0.000001),
    (4, 4.0, 1.0, 0.246777, 0.000001),
    (1, 1000.0, 1.0, 0.0, 0.000001),
    (1300, 1200.0, 1.0, 2.64493, 0.001),
    (40, 10.0, 1.5, 12.134207, 0.000001),
    (40, 10.0, 4.0, 3.556969, 0.000001),
    (0, 3.0, 1.0, 0.0, 0.0),
    (5, 0.0, 1.0, null, 0.0)
),

computed as (
    select
        *,
        {{ poisson_surprise('k', 'expected', 'dispersion') }} as computed_surprise
    from known
)

select *
from computed
where
    (surprise is null) != (computed_surprise is null)
    or abs(surprise - computed_surprise) > tolerance
