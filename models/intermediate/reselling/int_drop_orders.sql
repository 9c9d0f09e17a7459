-- Grain: one row per drop and order item of its listing placed within the first
-- seconds of it (RSL-02's policy says how many), on the night both were known.
with drops as (
    select * from {{ ref('int_product_drops') }}
    where night <= {{ to_night() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

policy as (
    {{ policy_in_force('RSL-02', ['max_drop_s']) }}
),

bought as (
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
    where {{ in_range('greatest(drops.night, sales.night)') }}
),

int_drop_orders as (
    select bought.*
    from bought
    inner join policy on {{ policy_applies('bought') }}
    where
        date_diff('microsecond', bought.dropped_at, bought.placed_at)
        <= policy.max_drop_s * 1000000
)

select * from int_drop_orders
