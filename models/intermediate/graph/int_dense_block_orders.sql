-- Grain: one row per baseline night, block and order of 28 days at a shop of the block:
-- whether a buyer of the block placed it, whether it looks like a task, and what the
-- platform and the creator budget paid towards it, as known by then.
with members as (
    select * from {{ ref('int_dense_block_members') }}
    where {{ in_range('night') }}
),

trades as (
    select * from {{ ref('int_baseline_trades') }}
    where {{ in_range('night') }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and placed_at >= {{ from_night() }} - 28
),

browsing as (
    select * from {{ ref('int_order_browsing') }}
    where night <= {{ to_night() }} and placed_on >= {{ from_night() }} - 28
),

weights as (
    select * from {{ ref('int_parcel_weights') }}
    where night <= {{ to_night() }} and label_on >= {{ from_night() }} - 28
),

orders as (
    select
        sellers.block_id,
        trades.*,
        buyers.member_id is not null as is_inside
    from members as sellers
    inner join trades
        on sellers.member_id = trades.seller_id and sellers.night = trades.night
    left join members as buyers
        on
            sellers.block_id = buyers.block_id
            and sellers.night = buyers.night
            and trades.cluster_id = buyers.member_id
            and buyers.member_type = 'cluster'
    where sellers.member_type = 'seller'
),

paid as (
    select
        orders.order_id,
        orders.night,
        {{ sum_if_all_known(
            'sales.gross_usd', 'true'
        ) }} is not null as is_priced,
        sum(
            coalesce(sales.platform_discount_usd, 0)
            + coalesce(sales.shipping_subsidy_usd, 0)
            + coalesce(sales.commission_usd, 0)
        ) as support_usd
    from orders
    inner join sales
        on orders.order_id = sales.order_id and orders.night >= sales.night
    group by orders.order_id, orders.night
),

light as (
    select
        orders.order_id,
        orders.night,
        bool_or(weights.is_light) as is_light
    from orders
    inner join weights
        on orders.order_id = weights.order_id and orders.night >= weights.night
    group by orders.order_id, orders.night
),

int_dense_block_orders as (
    select
        orders.block_id,
        orders.order_id,
        orders.buyer_user_id,
        orders.cluster_id,
        orders.seller_id,
        orders.is_inside,
        browsing.is_unbrowsed,
        light.is_light,
        case
            when paid.is_priced then cast(paid.support_usd as decimal(18, 2))
        end as support_usd,
        orders.night,
        orders.placed_at
    from orders
    inner join paid on orders.order_id = paid.order_id and orders.night = paid.night
    left join browsing
        on orders.order_id = browsing.order_id and orders.night >= browsing.night
    left join light on orders.order_id = light.order_id and orders.night = light.night
)

select * from int_dense_block_orders
