-- Grain: one row per order item, on the night from which both the item and its order
-- are known: who bought what from whom, how, and what each side paid towards it. What
-- became of the order later is in int_order_positions.
with all_items as (
    select * from {{ ref('int_order_item_values') }}
    where night <= {{ to_night() }}
),

all_orders as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }}
),

moved as (
    select order_id from all_items
    where {{ in_range('night') }}
    union
    select order_id from all_orders
    where {{ in_range('night') }}
),

first_nights as (
    select
        order_id,
        min(night) as night
    from all_orders
    where order_id in (select moved.order_id from moved)
    group by order_id
),

sold as (
    select
        all_items.* exclude (night, placed_at),
        greatest(all_items.night, first_nights.night) as night
    from all_items
    inner join first_nights on all_items.order_id = first_nights.order_id
    where {{ in_range('greatest(all_items.night, first_nights.night)') }}
),

int_item_sales as (
    select
        sold.order_item_id,
        sold.order_id,
        all_orders.buyer_user_id,
        all_orders.seller_id,
        sold.sku_id,
        sold.gtin,
        all_orders.creator_id,
        all_orders.content_id,
        all_orders.device_id,
        all_orders.session_id,
        all_orders.shipping_address_id,
        sold.category_l1,
        all_orders.region,
        all_orders.business_line,
        coalesce(all_orders.order_type, 'normal') as order_type,
        all_orders.channel,
        sold.currency,
        sold.quantity,
        sold.weight_g,
        sold.max_per_customer,
        sold.paid_usd,
        sold.gross_usd,
        sold.platform_discount_usd,
        sold.shipping_subsidy_usd,
        sold.affiliate_commission_usd as commission_usd,
        sold.night,
        all_orders.placed_at
    from sold
    inner join all_orders
        on sold.order_id = all_orders.order_id and sold.night >= all_orders.night
    qualify row_number() over (
            partition by sold.order_item_id order by all_orders.record_seq desc
        ) = 1
)

select * from int_item_sales
