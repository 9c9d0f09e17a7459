-- Grain: one row per buyer cluster with a bracketed order in 180 days and baseline
-- night: how many of its orders held three or more variants of one product, two thirds
-- of which went back. That is policy abuse at most and not fraud: no detection uses it.
with baselines as (
    {{ baseline_nights() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and cast(placed_at as date) > {{ from_night() }} - 180
        and exists (select * from baselines)
),

listings as (
    select * from {{ ref('stg_products') }}
    where
        night <= {{ to_night() }}
        and brand is not null
        and category_l2 is not null
        and exists (select * from baselines)
    qualify row_number() over (
            partition by sku_id order by night asc, record_seq desc
        ) = 1
),

returned as (
    select * from {{ ref('int_item_returns') }}
    where night <= {{ to_night() }}
),

products_tried as (
    select
        sales.order_id,
        baselines.night
    from baselines
    inner join sales
        on
            baselines.night >= sales.night
            and cast(sales.placed_at as date) > baselines.night - 180
    inner join listings
        on sales.sku_id = listings.sku_id and baselines.night >= listings.night
    left join returned
        on
            sales.order_item_id = returned.order_item_id
            and baselines.night >= returned.night
    group by
        sales.order_id, listings.brand, listings.category_l2, baselines.night
    having
        count(distinct sales.sku_id) >= 3
        and count(returned.order_item_id) >= 0.66 * count(*)
),

bracketed as (
    select distinct
        order_id,
        night
    from products_tried
),

clusters as (
    {{ buyer_clusters('sales') }}
),

orders as (
    select distinct
        clusters.cluster_id,
        sales.order_id,
        baselines.night
    from baselines
    inner join sales
        on
            baselines.night >= sales.night
            and cast(sales.placed_at as date) > baselines.night - 180
    inner join clusters
        on
            sales.buyer_user_id = clusters.buyer_user_id
            and baselines.night >= clusters.night
            and baselines.night < clusters.until_night
),

ind_cluster_brackets as (
    select
        'cluster' as entity_type,
        orders.cluster_id as entity_id,
        count(*) as orders_180d,
        count(bracketed.order_id) as bracketed_orders_180d,
        cast(
            cast(count(bracketed.order_id) as double) / count(*) as decimal(9, 6)
        ) as bracket_share,
        orders.night
    from orders
    left join bracketed
        on orders.order_id = bracketed.order_id and orders.night = bracketed.night
    group by orders.cluster_id, orders.night
    having count(bracketed.order_id) > 0
)

select * from ind_cluster_brackets
