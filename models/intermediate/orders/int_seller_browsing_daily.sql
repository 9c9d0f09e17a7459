-- Grain: one row per seller, date of the order and night: orders whose session is
-- known, and those placed without looking around.
with orders as (
    select * from {{ ref('int_order_browsing') }}
    where {{ in_range('night') }}
),

int_seller_browsing_daily as (
    select
        seller_id,
        placed_on as event_date,
        count(*) as session_orders,
        count(*) filter (where is_unbrowsed) as unbrowsed_orders,
        night
    from orders
    group by seller_id, placed_on, night
)

select * from int_seller_browsing_daily
