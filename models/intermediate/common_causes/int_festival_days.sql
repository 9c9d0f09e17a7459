-- Grain: one row per region, date and night that judged it: a day on which the region
-- ordered far more than on the same weekday of the eight weeks before, its busiest
-- seller left out. A festival, not a spree.
with daily as (
    select * from {{ ref('int_region_orders_daily') }}
    where night <= {{ to_night() }} and event_date >= {{ from_night() }} - 63
),

judged_days as (
    select distinct
        region,
        event_date,
        night
    from daily
    where {{ in_range('night') }}
),

known as (
    select
        judged_days.region,
        judged_days.event_date,
        judged_days.night,
        daily.event_date as day,
        daily.seller_id,
        sum(daily.orders) as orders
    from judged_days
    inner join daily
        on
            judged_days.region = daily.region
            and judged_days.night >= daily.night
            and daily.event_date between judged_days.event_date - 56
            and judged_days.event_date
            and (judged_days.event_date - daily.event_date) % 7 = 0
    group by all
),

days as (
    select
        region,
        event_date,
        night,
        day,
        sum(orders) - max(orders) as orders
    from known
    group by region, event_date, night, day
),

with_median as (
    select
        *,
        median(orders) filter (where day < event_date) over (
            partition by region, event_date, night
        ) as usual_orders
    from days
),

measured as (
    select
        region,
        cast(null as varchar) as business_line,
        event_date,
        cast(sum(orders) filter (where day = event_date) as bigint) as orders,
        count(*) filter (where day < event_date) as weeks,
        cast(min(usual_orders) as decimal(18, 2)) as usual_orders,
        cast(
            median(abs(orders - usual_orders)) filter (where day < event_date)
            as decimal(18, 2)
        ) as median_deviation,
        cast(
            sum(abs(orders - usual_orders)) filter (where day < event_date)
            / nullif(count(*) filter (where day < event_date), 0)
            as decimal(18, 2)
        ) as mean_deviation,
        night
    from with_median
    group by region, event_date, night
),

scored as (
    select
        *,
        cast({{ robust_z(
            'orders', 'usual_orders', 'median_deviation', 'mean_deviation'
        ) }} as decimal(18, 4)) as orders_z
    from measured
),

policy as (
    {{ policy_in_force('CC-04', [
        'min_weeks', 'min_orders', 'min_ratio', 'max_orders_z'
    ]) }}
),

-- a past that never varied has no z: far more than ever is beyond its usual
int_festival_days as (
    select
        scored.region,
        scored.event_date,
        scored.orders,
        scored.usual_orders,
        scored.orders_z,
        scored.night
    from scored
    inner join policy on {{ policy_applies('scored') }}
    where
        scored.weeks >= policy.min_weeks
        and scored.orders >= policy.min_orders
        and scored.orders >= policy.min_ratio * scored.usual_orders
        and coalesce(scored.orders_z, policy.max_orders_z + 1) > policy.max_orders_z
)

select * from int_festival_days
