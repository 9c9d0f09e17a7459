-- Grain: one row per event date and night that judges it. What is usual for the whole
-- platform: the share of networks that mostly failed to pay, over the hours of the 28
-- days before the date, as known that night.
with hours as (
    select
        *,
        cast(hour_at as date) as event_date,
        cast(failed_networks / nullif(networks, 0) as decimal(9, 6)) as failed_share
    from {{ ref('int_payment_platform_hours') }}
    where night <= {{ to_night() }}
),

-- a window that ends after midnight may hold an attempt from before
judged_dates as (
    select distinct
        cast(hours.hour_at + reach.hours * interval 1 hour as date) as event_date,
        hours.night
    from hours
    cross join (values (0), (1)) as reach (hours)
    where {{ in_range('hours.night') }}
),

known_hours as (
    select
        judged_dates.event_date,
        judged_dates.night,
        hours.event_date as past_date,
        max_by(hours.failed_share, hours.night) as failed_share
    from judged_dates
    cross join range(1, 29) as days (ago)
    inner join hours
        on
            judged_dates.event_date - cast(days.ago as integer) = hours.event_date
            and judged_dates.night >= hours.night
    group by
        judged_dates.event_date,
        judged_dates.night,
        hours.event_date,
        hours.hour_at
),

with_median as (
    select
        *,
        median(failed_share) over (
            partition by event_date, night
        ) as median_failed_share
    from known_hours
),

int_payment_platform_baselines as (
    select
        count(distinct past_date) as history_days,
        cast(max(median_failed_share) as decimal(9, 6)) as median_failed_share,
        cast(
            median(abs(failed_share - median_failed_share)) as decimal(9, 6)
        ) as median_deviation,
        cast(
            sum(cast(abs(failed_share - median_failed_share) as decimal(18, 6)))
            / nullif(count(failed_share), 0) as decimal(9, 6)
        ) as mean_deviation,
        event_date,
        night
    from with_median
    group by event_date, night
)

select * from int_payment_platform_baselines
