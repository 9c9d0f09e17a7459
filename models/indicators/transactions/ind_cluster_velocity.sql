-- Grain: one row per buyer cluster, order and night judged: the 60 minutes that end
-- with the order beside the person's own past, 90 days up to a day before, and beside
-- what the dearest hours of other people are worth.
with windows as (
    select * from {{ ref('int_cluster_order_windows') }}
    where {{ in_range('night') }}
),

baselines as (
    select * from {{ ref('int_hour_spend_baselines') }}
    where night <= {{ to_night() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

clusters as (
    select distinct
        cluster_id as entity_id,
        night
    from windows
),

accounts as (
    {{ accounts_of('clusters') }}
),

-- the last day is left out: a spree that lasts is not its own past
past_hours as (
    select
        windows.cluster_id,
        windows.order_id,
        windows.night,
        count(distinct sales.order_id) as orders,
        sum(sales.paid_usd) as paid_usd
    from windows
    inner join accounts
        on windows.cluster_id = accounts.entity_id and windows.night = accounts.night
    inner join sales
        on
            accounts.user_id = sales.buyer_user_id
            and windows.night >= sales.night
            and windows.last_event_at - interval 24 hours > sales.placed_at
            and windows.last_event_at - interval 90 days <= sales.placed_at
    group by
        windows.cluster_id, windows.order_id, windows.night,
        date_trunc('hour', sales.placed_at)
),

own_past as (
    select
        cluster_id,
        order_id,
        night,
        cast(sum(orders) as bigint) as orders_90d,
        cast(quantile_disc(paid_usd, 0.99) as decimal(18, 2)) as own_high_hour_usd
    from past_hours
    group by cluster_id, order_id, night
),

festival_windows as (
    select distinct
        windows.cluster_id,
        windows.order_id,
        windows.night
    from windows
    inner join {{ ref('int_festival_days') }} as festivals
        on
            windows.region = festivals.region
            and windows.night >= festivals.night
            and festivals.event_date in (
                cast(windows.first_event_at as date),
                cast(windows.last_event_at as date)
            )
),

ind_cluster_velocity as (
    select
        'cluster' as entity_type,
        windows.cluster_id as entity_id,
        windows.* exclude (cluster_id, night, first_event_at, last_event_at),
        case
            when windows.value_usd is null then 'no_amount'
            when everybody.night is null then 'no_baseline'
        end as missing_input,
        coalesce(everybody.history_days, 0) as history_days,
        coalesce(own_past.orders_90d, 0) as orders_90d,
        cast((coalesce(own_past.orders_90d, 0) + 1) / 2184 as decimal(12, 6))
            as usual_orders_per_hour,
        {{ poisson_surprise(
            'windows.orders', '((coalesce(own_past.orders_90d, 0) + 1) / 2184)'
        ) }} as surprise,
        own_past.own_high_hour_usd,
        coalesce(own_region.high_hour_usd, everybody.high_hour_usd)
            as peer_high_hour_usd,
        festival_windows.order_id is not null as is_festival,
        windows.night,
        windows.first_event_at,
        windows.last_event_at
    from windows
    left join own_past using (cluster_id, order_id, night)
    left join festival_windows using (cluster_id, order_id, night)
    left join baselines as own_region
        on
            windows.region = own_region.peer_group
            and {{ baseline_night_before('windows.night') }} = own_region.night
    left join baselines as everybody
        on
            everybody.peer_group = 'all'
            and {{ baseline_night_before('windows.night') }} = everybody.night
)

select * from ind_cluster_velocity
