-- Grain: one row per buyer cluster with orders in 90 days and baseline night: how much
-- of its shopping are drops (RS04), and how varied it is (RS05).
with baselines as (
    {{ baseline_nights() }}
),

sales as (
    select
        *,
        cast(placed_at as date) as placed_on
    from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and placed_at >= {{ from_night() }} - 90
),

clusters as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user' and night <= {{ to_night() }}
),

drops as (
    select
        order_item_id,
        min(night) as night
    from {{ ref('int_drop_orders') }}
    where night <= {{ to_night() }}
    group by order_item_id
),

bought as (
    select
        coalesce(clusters.cluster_id, 'user:' || sales.buyer_user_id) as cluster_id,
        sales.order_id,
        sales.sku_id,
        sales.quantity,
        drops.order_item_id is not null as is_drop,
        baselines.night
    from baselines
    inner join sales
        on
            baselines.night >= sales.night
            and baselines.night >= sales.placed_on
            and baselines.night < sales.placed_on + 90
    left join clusters
        on
            sales.buyer_user_id = clusters.party_id
            and baselines.night >= clusters.night
            and baselines.night < coalesce(clusters.until_night, date '9999-12-31')
    left join drops
        on
            sales.order_item_id = drops.order_item_id
            and baselines.night >= drops.night
),

orders as (
    select
        cluster_id,
        night,
        count(distinct order_id) as orders,
        count(distinct order_id) filter (where is_drop) as drop_orders
    from bought
    group by cluster_id, night
),

skus as (
    select cluster_id, night, sku_id, sum(quantity) as units
    from bought
    group by cluster_id, night, sku_id
),

-- exact: sums of logs rounded once each, so that their order does not matter
varieties as (
    select
        cluster_id,
        night,
        count(*) as skus,
        sum(units) as units,
        sum(cast(units * log2(units) as decimal(28, 6))) as unit_logs
    from skus
    where units > 0
    group by cluster_id, night
),

profiles as (
    {{ periods(ref('int_cluster_profiles'), 'cluster_id', within='orders') }}
),

ind_cluster_purchases as (
    select
        'cluster' as entity_type,
        orders.cluster_id as entity_id,
        profiles.region,
        cast(null as varchar) as business_line,
        case when profiles.cluster_id is null then 'no_account' end as missing_input,
        cast(orders.night - profiles.opened_on as integer) as history_days,
        orders.orders as orders_90d,
        orders.drop_orders as drop_orders_90d,
        cast(
            cast(orders.drop_orders as double) / orders.orders as decimal(9, 6)
        ) as drop_share,
        coalesce(varieties.skus, 0) as skus_90d,
        cast(coalesce(varieties.units, 0) as bigint) as units_90d,
        cast(greatest(
            log2(varieties.units) - varieties.unit_logs / varieties.units, 0
        ) as decimal(9, 4)) as sku_entropy,
        orders.night
    from orders
    left join varieties
        on orders.cluster_id = varieties.cluster_id and orders.night = varieties.night
    left join profiles
        on
            orders.cluster_id = profiles.cluster_id
            and orders.night >= profiles.night
            and orders.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_cluster_purchases
