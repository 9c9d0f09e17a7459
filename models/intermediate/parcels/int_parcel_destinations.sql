-- Grain: one row per delivered parcel, on the night it could be told whether it was
-- delivered in the city it was sent to. What is known 28 days after the label or later
-- is left out: no window holds it.
with parcels as (
    select * from {{ ref('int_outbound_parcels') }}
    where night <= {{ to_night() }} and label_on > {{ from_night() }} - 28
),

scans as (
    select * from {{ ref('stg_tracking_scans') }}
    where
        night <= {{ to_night() }}
        and scan_type = 'delivered'
        and city is not null
        and shipment_id in (select parcels.shipment_id from parcels)
    qualify row_number() over (
            partition by shipment_id order by night, scanned_at, scan_id
        ) = 1
),

orders as (
    select * from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and shipping_address_id is not null
        and order_id in (select parcels.order_id from parcels)
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

addresses as (
    select * from {{ ref('stg_addresses') }}
    where night <= {{ to_night() }} and city is not null
),

known as (
    select
        parcels.shipment_id,
        parcels.order_id,
        parcels.seller_id,
        {{ normalise_text('scans.city') }} as delivered_city,
        {{ normalise_text('addresses.city') }} as ship_to_city,
        parcels.label_on,
        greatest(parcels.night, scans.night, orders.night, addresses.night) as night,
        parcels.label_created_at
    from parcels
    inner join scans on parcels.shipment_id = scans.shipment_id
    inner join orders on parcels.order_id = orders.order_id
    inner join addresses on orders.shipping_address_id = addresses.address_id
),

positions as (
    {{ periods(ref('int_order_positions'), 'order_id', within='known') }}
),

int_parcel_destinations as (
    select
        known.shipment_id,
        known.order_id,
        known.seller_id,
        known.delivered_city != known.ship_to_city as is_elsewhere,
        greatest(coalesce(positions.paid_usd - positions.refunded_usd, 0), 0)
            as paid_usd,
        known.label_on,
        known.night,
        known.label_created_at
    from known
    left join positions
        on
            known.order_id = positions.order_id
            and known.night >= positions.night
            and known.night < coalesce(positions.until_night, date '9999-12-31')
    where {{ in_range('known.night') }} and known.night < known.label_on + 28
)

select * from int_parcel_destinations
