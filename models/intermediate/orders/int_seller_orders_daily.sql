-- Grain: one row per seller, date of the order and night: how the value of its paid
-- orders that are still to be delivered changed.
with all_positions as (
    select * from {{ ref('int_order_positions') }}
    where night <= {{ to_night() }}
),

touched as (
    select order_id from all_positions
    where {{ in_range('night') }}
),

positions as (
    {{ periods('all_positions', 'order_id', within='touched') }}
),

undelivered as (
    select
        seller_id,
        placed_on as event_date,
        greatest(paid_usd - refunded_usd, 0) as undelivered_usd,
        cast(unpriced_parts > 0 as integer) as unpriced_orders,
        night,
        until_night
    from positions
    where is_paid and not is_cancelled and delivered_on is null
),

int_seller_orders_daily as (
    {{ daily_changes('undelivered', ['seller_id'], [
        'unpriced_orders', 'undelivered_usd'
    ]) }}
)

select * from int_seller_orders_daily
