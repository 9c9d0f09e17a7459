-- Grain: one row per drop and order item of its listing placed within the first 60
-- seconds, on the night both were known.
with drops as (
    select * from {{ ref('int_product_drops') }}
    where night <= {{ to_night() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

int_drop_orders as (
    select
        drops.drop_id,
        sales.order_item_id,
        sales.order_id,
        sales.sku_id,
        sales.gtin,
        sales.buyer_user_id,
        sales.device_id,
        sales.session_id,
        sales.category_l1,
        sales.region,
        sales.business_line,
        sales.quantity,
        sales.gross_usd,
        sales.platform_discount_usd,
        greatest(drops.night, sales.night) as night,
        drops.dropped_at,
        sales.placed_at
    from drops
    inner join sales
        on
            drops.sku_id = sales.sku_id
            and drops.dropped_at <= sales.placed_at
            and drops.dropped_at + interval 60 second >= sales.placed_at
    where {{ in_range('greatest(drops.night, sales.night)') }}
)

select * from int_drop_orders
