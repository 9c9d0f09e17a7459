-- Grain: one row per order and night on which its session, its delivery address, its
-- region or its business line became known or changed; most versions of an order leave
-- them as they were.
with versions as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }}
),

orders as (
    select * from versions
    where {{ touched('order_id', 'versions') }}
),

states as (
    {{ became_current('orders', ['order_id']) }}
),

changes as (
    select * from states
    qualify
        [session_id, shipping_address_id, region, business_line] is distinct from lag(
            [session_id, shipping_address_id, region, business_line]
        ) over (partition by order_id order by night)
),

int_order_places as (
    select
        order_id,
        session_id,
        shipping_address_id,
        region,
        business_line,
        night,
        placed_at
    from changes
    where {{ in_range('night') }}
)

select * from int_order_places
