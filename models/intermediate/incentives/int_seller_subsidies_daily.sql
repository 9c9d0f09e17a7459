-- Grain: one row per seller, day orders were placed and night: what that night added to
-- its orders, those that cost the buyer next to nothing, and what the platform paid.
with all_orders as (
    select * from {{ ref('int_order_subsidies') }}
    where night <= {{ to_night() }}
),

touched as (
    select order_id from all_orders
    where {{ in_range('night') }}
),

orders as (
    {{ periods('all_orders', 'order_id', within='touched') }}
),

counted as (
    select
        seller_id,
        placed_on as event_date,
        1 as orders,
        cast(is_near_free as integer) as near_free_orders,
        cast(unpriced_items > 0 as integer) as unpriced_orders,
        platform_usd,
        platform_usd + paid_usd as value_usd,
        night,
        until_night
    from orders
),

int_seller_subsidies_daily as (
    {{ daily_changes('counted', ['seller_id'], [
        'orders', 'near_free_orders', 'unpriced_orders', 'platform_usd', 'value_usd'
    ]) }}
)

select * from int_seller_subsidies_daily
