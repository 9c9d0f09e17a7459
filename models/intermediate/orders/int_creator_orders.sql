-- Grain: one row per paid order that came through a creator and night on which it
-- changed: what was paid for it and how much of that was taken back since. Samples and
-- tests are no sales.
with sales as (
    select
        order_id,
        creator_id,
        night
    from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and creator_id is not null
        and order_type = 'normal'
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

positions as (
    select * from {{ ref('int_order_positions') }}
    where {{ in_range('night') }} and is_paid
),

int_creator_orders as (
    select
        sales.creator_id,
        positions.order_id,
        positions.buyer_user_id,
        positions.unpriced_parts,
        positions.paid_usd,
        case
            when positions.is_cancelled then positions.paid_usd
            else least(positions.refunded_usd, positions.paid_usd)
        end as reversed_usd,
        positions.is_cancelled or positions.refunded_usd > 0 as is_reversed,
        positions.placed_on,
        positions.night
    from sales
    inner join positions
        on sales.order_id = positions.order_id and sales.night <= positions.night
)

select * from int_creator_orders
