-- Grain: one row per actor, event date and night that judges it. How evenly the seven
-- days up to the date are spread over the hours of the day, as known that night: who
-- sleeps is uneven.
with hours_daily as (
    select * from {{ ref('int_actor_hours_daily') }}
    where night <= {{ to_night() }}
),

-- a 24-hour window that ends the day after may hold an act of the day
judged_dates as (
    select distinct
        hours_daily.actor_user_id,
        hours_daily.event_date + reach.days as event_date,
        hours_daily.night
    from hours_daily
    cross join (values (0), (1)) as reach (days)
    where {{ in_range('hours_daily.night') }}
),

week_hours as (
    select
        judged_dates.actor_user_id,
        judged_dates.event_date,
        judged_dates.night,
        hours_daily.hour_of_day,
        min(hours_daily.event_date) as first_date,
        cast(sum(hours_daily.actions) as bigint) as actions
    from judged_dates
    inner join hours_daily
        on
            judged_dates.actor_user_id = hours_daily.actor_user_id
            and judged_dates.event_date >= hours_daily.event_date
            and judged_dates.event_date - 6 <= hours_daily.event_date
            and judged_dates.night >= hours_daily.night
    group by all
),

-- log2(n) - sum(c log2(c)) / n, its terms exact so that their order is no matter
int_actor_hour_entropy as (
    select
        actor_user_id,
        cast(sum(actions) as bigint) as actions_7d,
        event_date - min(first_date) + 1 as history_days,
        cast(round(
            (
                log2(sum(actions))
                - sum(cast(actions * log2(actions) as decimal(28, 9))) / sum(actions)
            ) / log2(24),
            6
        ) as decimal(9, 6)) as hour_entropy,
        event_date,
        night
    from week_hours
    group by actor_user_id, event_date, night
)

select * from int_actor_hour_entropy
