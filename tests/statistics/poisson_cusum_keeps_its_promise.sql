-- A CUSUM with slack 0.5 and limit 5 promises a false alarm in 900 days (Montgomery:
-- 938 for one side), so at most one in 15 windows of 60 days may cross it when nothing
-- changed. 2,000 windows of drawn Poisson days for each of three usual counts. A row is
-- a usual count that alarms more often, as all three do with the textbook's step.
with means (mean) as (
    values (0.25), (1.0), (4.0)
),

days as (
    select
        means.mean,
        windows.window_nr,
        sixty.day,
        md5_number_lower(concat_ws('|', means.mean, windows.window_nr, sixty.day))
        / 18446744073709551616.0 as chance
    from means
    cross join range(2000) as windows (window_nr)
    cross join range(60) as sixty (day)
),

chances as (
    select
        means.mean,
        counted.events,
        sum(exp(
            counted.events * ln(means.mean) - means.mean - lgamma(counted.events + 1)
        )) over (
            partition by means.mean order by counted.events
        ) as chance_of_no_more
    from means
    cross join range(30) as counted (events)
),

drawn as (
    select
        days.mean,
        days.window_nr,
        days.day,
        count(chances.events) as events
    from days
    left join chances
        on days.mean = chances.mean and days.chance > chances.chance_of_no_more
    group by days.mean, days.window_nr, days.day
),

walked as (
    select
        mean,
        window_nr,
        day,
        sum({{ poisson_cusum_step('events', 'mean', '0.5') }}) over (
            partition by mean, window_nr order by day
        ) as height
    from drawn
),

above as (
    select
        mean,
        window_nr,
        height - least(0, min(height) over (
            partition by mean, window_nr order by day
        )) as cusum
    from walked
)

select
    mean,
    count(distinct window_nr) filter (where cusum >= 5) as alarmed
from above
group by mean
having count(distinct window_nr) filter (where cusum >= 5) > 2000 * 60 / 900
