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

changes as (
    select seller_id, event_date, night, undelivered_usd, unpriced_orders
    from undelivered
    union all
    select
        seller_id,
        event_date,
        until_night as night,
        -undelivered_usd as undelivered_usd,
        -unpriced_orders as unpriced_orders
    from undelivered
    where until_night is not null
),

int_seller_orders_daily as (
    select
        seller_id,
        event_date,
        cast(sum(unpriced_orders) as bigint) as unpriced_orders,
        cast(sum(undelivered_usd) as decimal(18, 2)) as undelivered_usd,
        night
    from changes
    where {{ in_range('night') }}
    group by seller_id, event_date, night
    having sum(undelivered_usd) != 0 or sum(unpriced_orders) != 0
)

select * from int_seller_orders_daily
