{{ config(materialized='view') }}

-- Running totals of remote card payments and of the fraud among them: what lies between
-- two days is one difference. One row per region the law names and day, from before the
-- first payment to the last night.
with daily as (
    select * from {{ ref('int_remote_value_daily') }}
),

limits as (
    select
        region,
        max(window_days + pace_days) as lead_days
    from {{ ref('ref_psd2_rates') }}
    group by region
),

last_night as (
    select max(night) as night
    from {{ ref('stg_landing_deliveries') }}
),

firsts as (
    select
        daily.region,
        min(daily.paid_on) as first_paid_on,
        max(limits.lead_days) as lead_days
    from daily
    inner join limits on daily.region = limits.region
    group by daily.region
),

-- long enough before the first payment that every window starts at zero
calendar as (
    select
        firsts.region,
        firsts.first_paid_on,
        cast(days.day_at as date) as total_on
    from firsts
    cross join last_night
    cross join lateral generate_series(
        firsts.first_paid_on - firsts.lead_days, last_night.night, interval 1 day
    ) as days (day_at)
),

int_remote_value_totals as (
    select
        calendar.region,
        sum(coalesce(daily.remote_eur, 0)) over so_far as remote_eur,
        sum(coalesce(daily.fraud_eur, 0)) over so_far as fraud_eur,
        sum(coalesce(daily.unvalued_payments, 0)) over so_far as unvalued_payments,
        calendar.first_paid_on,
        calendar.total_on
    from calendar
    left join daily
        on calendar.region = daily.region and calendar.total_on = daily.paid_on
    window so_far as (partition by calendar.region order by calendar.total_on)
)

select * from int_remote_value_totals
