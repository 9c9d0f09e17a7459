-- Grain: one row per order placed in a known session, on the night the sale and the
-- session are both known: whether the buyer looked around before. What is known 28 days
-- after the order or later is left out: no window holds it.
with sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and placed_at >= {{ from_night() }} - 28
),

orders as (
    select * from sales
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

sessions as (
    select * from {{ ref('stg_sessions') }}
    where night <= {{ to_night() }} and product_views is not null
),

policy as (
    {{ policy_in_force('COL-02', ['max_product_views', 'max_session_s']) }}
),

known as (
    select
        orders.order_id,
        orders.seller_id,
        orders.region,
        orders.business_line,
        orders.placed_at,
        sessions.product_views,
        date_diff('second', sessions.started_at, orders.placed_at) as session_s,
        greatest(orders.night, sessions.night) as night
    from orders
    inner join sessions on orders.session_id = sessions.session_id
    where {{ in_range('greatest(orders.night, sessions.night)') }}
),

int_order_browsing as (
    select
        known.order_id,
        known.seller_id,
        known.product_views,
        known.session_s,
        known.product_views <= policy.max_product_views
        and known.session_s <= policy.max_session_s as is_unbrowsed,
        cast(known.placed_at as date) as placed_on,
        known.night
    from known
    inner join policy on {{ policy_applies('known') }}
    where known.night < cast(known.placed_at as date) + 28
)

select * from int_order_browsing
