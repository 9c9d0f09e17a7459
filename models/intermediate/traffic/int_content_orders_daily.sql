-- Grain: one row per piece of content, date and night: the orders placed through it,
-- each on the first night on which an item of it is known.
with all_sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }}
),

sales as (
    select * from all_sales
    where {{ touched('order_id', ref('int_item_sales')) }}
),

orders as (
    select
        content_id,
        order_type,
        cast(placed_at as date) as event_date,
        night
    from sales
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

int_content_orders_daily as (
    select
        content_id,
        event_date,
        count(*) as orders,
        night
    from orders
    where
        {{ in_range('night') }}
        and content_id is not null
        and order_type = 'normal'
    group by content_id, event_date, night
)

select * from int_content_orders_daily
