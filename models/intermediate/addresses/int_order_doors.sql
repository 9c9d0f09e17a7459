-- Grain: one row per order with a delivery address, on the night both were known: the
-- door and the building it goes to. A door is a street line with its flat, a building
-- the same without it, each with postcode and country.
with all_addresses as (
    select * from {{ ref('stg_addresses') }}
    where night <= {{ to_night() }} and street_hash is not null
),

all_sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

moved as (
    select shipping_address_id as address_id from all_sales
    where {{ in_range('night') }}
    union
    select address_id from all_addresses
    where {{ in_range('night') }}
),

addresses as (
    select * from all_addresses
    where address_id in (select moved.address_id from moved)
),

orders as (
    select * from all_sales
    where shipping_address_id in (select moved.address_id from moved)
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

int_order_doors as (
    select
        orders.order_id,
        orders.buyer_user_id,
        orders.seller_id,
        orders.shipping_address_id as address_id,
        md5(concat_ws(
            '|',
            addresses.street_hash,
            coalesce({{ normalise_code('addresses.postcode') }}, ''),
            coalesce(addresses.country, '')
        )) as door_id,
        md5(concat_ws(
            '|',
            addresses.street_building_hash,
            coalesce({{ normalise_code('addresses.postcode') }}, ''),
            coalesce(addresses.country, '')
        )) as building_id,
        coalesce(addresses.address_type, 'unknown') as address_type,
        orders.region,
        orders.business_line,
        coalesce(addresses.address_type, 'unknown') in ('residential', 'unknown')
            as is_home,
        cast(orders.placed_at as date) as placed_on,
        greatest(orders.night, addresses.night) as night,
        orders.placed_at
    from orders
    inner join addresses on orders.shipping_address_id = addresses.address_id
    where {{ in_range('greatest(orders.night, addresses.night)') }}
)

select * from int_order_doors
