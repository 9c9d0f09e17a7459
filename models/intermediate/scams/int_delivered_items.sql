-- Grain: one row per order item, on the night from which it was known to be delivered:
-- when, and until when it can be sent back.
with all_orders as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }} and delivered_at is not null
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

moved as (
    select order_id from all_orders
    where {{ in_range('night') }}
    union
    select order_id from sales
    where {{ in_range('night') }}
),

deliveries as (
    select
        order_id,
        region,
        cast(delivered_at as date) as delivered_on,
        night
    from all_orders
    where {{ is_in('order_id', 'moved') }}
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

regions as (
    select * from {{ ref('ref_regions') }}
),

int_delivered_items as (
    select
        sales.order_item_id,
        sales.order_id,
        sales.seller_id,
        sales.sku_id,
        sales.buyer_user_id,
        sales.category_l1,
        sales.paid_usd,
        deliveries.delivered_on,
        cast(coalesce(regions.return_window_days, 30) as integer) as return_days,
        deliveries.delivered_on
        + cast(coalesce(regions.return_window_days, 30) as integer) as return_until,
        greatest(deliveries.night, sales.night) as night
    from sales
    inner join deliveries on sales.order_id = deliveries.order_id
    left join regions on deliveries.region = regions.region
    where {{ in_range('greatest(deliveries.night, sales.night)') }}
)

select * from int_delivered_items
