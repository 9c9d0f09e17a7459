-- Grain: one row per item of an order that was cancelled after the seller had sent its
-- buyer a contact, on the night both were known: what the buyer would have paid here
-- and the fee that was lost.
with cancellations as (
    select * from {{ ref('int_chat_cancellations') }}
    where night <= {{ to_night() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }}
),

items as (
    select * from {{ ref('stg_order_items') }}
    where night <= {{ to_night() }}
),

int_diverted_items as (
    select
        sales.order_item_id,
        sales.order_id,
        cancellations.seller_id,
        cancellations.placed_on,
        -- a fee nobody told counts for nothing; without a rate nothing is known
        cast(
            sales.paid_usd + coalesce(cast(
                sales.paid_usd * items.platform_fee_minor / nullif(items.paid_minor, 0)
                as decimal(18, 2)
            ), 0) as decimal(18, 2)
        ) as value_usd,
        greatest(cancellations.night, sales.night) as night
    from cancellations
    inner join sales on cancellations.order_id = sales.order_id
    inner join items on sales.order_item_id = items.order_item_id
    where {{ in_range('greatest(cancellations.night, sales.night)') }}
)

select * from int_diverted_items
