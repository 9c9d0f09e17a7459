-- Net loss of the platform by day and by week of seven days, over the 365 days that end
-- on a night, as known on it. One row per night, period and number of the period,
-- counted back from the night; days without a loss are rows of 0.
with nights as (
    select
        night,
        cast(least(night - min(night) over (), 364) as integer) as days_back
    from (select distinct night from {{ ref('stg_landing_deliveries') }}) as delivered
    where night <= {{ to_night() }}
    qualify {{ in_range('night') }}
),

entries as (
    select
        event_date,
        net_usd,
        night
    from {{ ref('int_loss_entries') }}
    where
        bearer = 'platform'
        and night <= {{ to_night() }}
        and event_date >= {{ from_night() }} - 364
),

losses as (
    select
        nights.night,
        nights.night - entries.event_date as days_ago,
        sum(entries.net_usd) as net_usd
    from nights
    inner join entries
        on
            nights.night >= entries.night
            and nights.night >= entries.event_date
            and nights.night - nights.days_back <= entries.event_date
    group by nights.night, nights.night - entries.event_date
),

days as (
    select
        night,
        days_back,
        unnest(range(0, days_back + 1)) as days_ago
    from nights
),

valued_days as (
    select
        days.night,
        days.days_back,
        days.days_ago,
        coalesce(losses.net_usd, 0) as net_usd
    from days
    left join losses on days.night = losses.night and days.days_ago = losses.days_ago
),

int_loss_periods as (
    select
        'day' as period,
        cast(days_ago as integer) as period_no,
        cast(net_usd as decimal(18, 2)) as net_usd,
        night
    from valued_days
    union all
    select
        'week' as period,
        cast(days_ago // 7 as integer) as period_no,
        cast(sum(net_usd) as decimal(18, 2)) as net_usd,
        night
    from valued_days
    -- a week that the window cuts off is none
    where days_ago < (days_back + 1) // 7 * 7
    group by night, days_ago // 7
)

select * from int_loss_periods
