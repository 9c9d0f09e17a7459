-- Steps of the CUSUM of counts. A row is a macro that is wrong. 0.25 usual, slack 0.5:
-- ln 3 a claim, less 0.5. 1 usual: ln 2 a claim, less 1. Slack 1 looks for a shift of
-- two standard deviations, 4 to 8: ln 2 / 2 a claim, less 2. 10,000 usual: the textbook
-- has (10,100 - 10,000) / 100 - 0.5; it is short of it by what the skew is worth.
with known (events, mean, slack, step, tolerance) as (
    values
    (0, 0.25, 0.5, -0.5, 0),
    (1, 0.25, 0.5, 0.598612, 0),
    (2, 0.25, 0.5, 1.697225, 0),
    (0, 1.0, 0.5, -1.0, 0),
    (3, 1.0, 0.5, 1.079442, 0),
    (10, 4.0, 1.0, 1.465736, 0),
    (10100, 10000.0, 0.5, 0.5, 0.01)
),

computed as (
    select
        *,
        {{ poisson_cusum_step('events', 'mean', 'slack') }} as computed_step
    from known
)

select *
from computed
where computed_step is null or abs(step - computed_step) > tolerance
