-- Grain: one row per order and night on which it, its parcels or its address changed:
-- when it was delivered, and whether that is proven, every parcel having been handed
-- over against a code or a signature, or scanned as delivered where it was to go.
with all_shipments as (
    select * from {{ ref('stg_shipments') }}
    where night <= {{ to_night() }} and direction = 'outbound'
),

all_addresses as (
    select * from {{ ref('stg_addresses') }}
    where night <= {{ to_night() }} and geohash7_hash is not null
),

all_orders as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }}
),

arrived as (
    select address_id from all_addresses
    where {{ in_range('night') }}
),

moved as (
    select order_id from all_shipments
    where {{ in_range('night') }}
    union
    select order_id from all_orders
    where
        {{ in_range('night') }}
        or shipping_address_id in (select arrived.address_id from arrived)
),

versions as (
    select * from all_shipments
    where order_id in (select moved.order_id from moved)
),

current_versions as (
    {{ became_current('versions', ['shipment_id']) }}
),

parcels as (
    {{ periods('current_versions', 'shipment_id', within='versions') }}
),

order_versions as (
    select * from all_orders
    where order_id in (select moved.order_id from moved)
),

current_orders as (
    {{ became_current('order_versions', ['order_id']) }}
),

orders as (
    {{ periods('current_orders', 'order_id', within='order_versions') }}
),

nights as (
    select order_id, night from orders
    union
    select order_id, night from parcels
    union
    select orders.order_id, all_addresses.night
    from orders
    inner join all_addresses on orders.shipping_address_id = all_addresses.address_id
),

int_order_deliveries as (
    select
        nights.order_id,
        coalesce(bool_and(parcels.delivered_at is not null and (
            coalesce(parcels.proof_of_delivery in ('otp', 'signature'), false)
            or coalesce(
                parcels.delivery_geohash7_hash = all_addresses.geohash7_hash, false
            )
        )), false) as is_proven,
        nights.night,
        min(orders.delivered_at) as delivered_at
    from nights
    inner join orders
        on
            nights.order_id = orders.order_id
            and nights.night >= orders.night
            and nights.night < coalesce(orders.until_night, date '9999-12-31')
    left join parcels
        on
            nights.order_id = parcels.order_id
            and nights.night >= parcels.night
            and nights.night < coalesce(parcels.until_night, date '9999-12-31')
    left join all_addresses
        on
            orders.shipping_address_id = all_addresses.address_id
            and nights.night >= all_addresses.night
    where {{ in_range('nights.night') }}
    group by nights.order_id, nights.night
)

select * from int_order_deliveries
