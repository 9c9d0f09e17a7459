-- Grain: one row per order item of a limited listing that goes to a home, on the night
-- the item and its address were known: the building, the street line as typed and the
-- phone number on the parcel.
with sales as (
    select * from {{ ref('int_limited_sales') }}
    where night <= {{ to_night() }}
),

doors as (
    select * from {{ ref('int_order_doors') }}
    where night <= {{ to_night() }} and is_home
),

addresses as (
    select * from {{ ref('stg_addresses') }}
    where night <= {{ to_night() }}
),

int_building_sales as (
    select
        sales.order_item_id,
        sales.order_id,
        doors.building_id,
        sales.sku_id,
        sales.buyer_user_id,
        addresses.street_raw_hash,
        addresses.recipient_phone_hash,
        sales.region,
        sales.business_line,
        sales.quantity,
        sales.platform_discount_usd,
        sales.placed_on,
        greatest(sales.night, doors.night) as night,
        sales.placed_at
    from sales
    inner join doors on sales.order_id = doors.order_id
    inner join addresses on doors.address_id = addresses.address_id
    where {{ in_range('greatest(sales.night, doors.night)') }}
)

select * from int_building_sales
