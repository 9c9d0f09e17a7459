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

changes as (
    select
        seller_id,
        placed_on as event_date,
        night,
        1 as orders,
        cast(is_near_free as integer) as near_free_orders,
        cast(unpriced_items > 0 as integer) as unpriced_orders,
        platform_usd,
        platform_usd + paid_usd as value_usd
    from orders
    union all
    select
        seller_id,
        placed_on as event_date,
        until_night as night,
        -1 as orders,
        -cast(is_near_free as integer) as near_free_orders,
        -cast(unpriced_items > 0 as integer) as unpriced_orders,
        -platform_usd as platform_usd,
        -platform_usd - paid_usd as value_usd
    from orders
    where until_night is not null
),

int_seller_subsidies_daily as (
    select
        seller_id,
        event_date,
        cast(sum(orders) as bigint) as orders,
        cast(sum(near_free_orders) as bigint) as near_free_orders,
        cast(sum(unpriced_orders) as bigint) as unpriced_orders,
        cast(sum(platform_usd) as decimal(18, 2)) as platform_usd,
        cast(sum(value_usd) as decimal(18, 2)) as value_usd,
        night
    from changes
    where {{ in_range('night') }}
    group by seller_id, event_date, night
    having
        sum(orders) != 0
        or sum(near_free_orders) != 0
        or sum(unpriced_orders) != 0
        or sum(platform_usd) != 0
        or sum(value_usd) != 0
)

select * from int_seller_subsidies_daily
