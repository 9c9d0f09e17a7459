-- Grain: one row per pair of orders for one article (gtin) to one door within 72 hours,
-- at two sellers and by two buyers, on the night both were known. Families do so now
-- and then; a dropshipper does, when the second buyer is the first seller.
with arrived as (
    select order_id from {{ ref('int_order_doors') }}
    where {{ in_range('night') }}
    union
    select order_id from {{ ref('int_item_sales') }}
    where {{ in_range('night') }}
),

touched as (
    select distinct door_id from {{ ref('int_order_doors') }}
    where
        night <= {{ to_night() }}
        and order_id in (select arrived.order_id from arrived)
),

items as (
    select
        doors.order_id,
        doors.buyer_user_id,
        doors.seller_id,
        doors.door_id,
        sales.gtin,
        min(greatest(doors.night, sales.night)) as night,
        min(doors.placed_at) as placed_at
    from {{ ref('int_order_doors') }} as doors
    inner join {{ ref('int_item_sales') }} as sales on doors.order_id = sales.order_id
    where
        doors.night <= {{ to_night() }}
        and sales.night <= {{ to_night() }}
        and doors.is_home
        and doors.door_id in (select touched.door_id from touched)
        and sales.gtin is not null
    group by
        doors.order_id,
        doors.buyer_user_id,
        doors.seller_id,
        doors.door_id,
        sales.gtin
),

int_same_door_orders as (
    select
        sold.seller_id,
        sold.order_id as sold_order_id,
        bought.order_id as bought_order_id,
        bought.buyer_user_id as second_buyer_user_id,
        sold.gtin,
        cast(sold.placed_at as date) as sold_on,
        greatest(sold.night, bought.night) as night,
        sold.placed_at as sold_at,
        bought.placed_at as bought_at
    from items as sold
    inner join items as bought
        on
            sold.door_id = bought.door_id
            and sold.gtin = bought.gtin
            and sold.seller_id != bought.seller_id
            and sold.buyer_user_id != bought.buyer_user_id
            and bought.placed_at between sold.placed_at
            and sold.placed_at + interval 72 hour
    where {{ in_range('greatest(sold.night, bought.night)') }}
)

select * from int_same_door_orders
