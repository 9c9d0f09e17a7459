-- Robust z scores worked by hand: of 1, 2, 3, 4, 100 the median is 3 and the median
-- deviation 1, so 100 scores 0.6745 * 97; where more than half the values are equal the
-- mean deviation stands in; all equal: nothing to say.
with known (x, median, median_deviation, mean_deviation, score) as (
    values
    (100.0, 3.0, 1.0, 20.2, 65.4265),
    (5.0, 0.0, 0.0, 1.0, 3.989423),
    (5.0, 5.0, 0.0, 0.0, null)
),

computed as (
    select
        *,
        {{ robust_z(
            'x', 'median', 'median_deviation', 'mean_deviation'
        ) }} as computed_score
    from known
)

select *
from computed
where
    (score is null) != (computed_score is null)
    or abs(score - computed_score) > 0.000001
