-- Grain: one row per parcel to a buyer, as first known: who sent what where, and the
-- night by which a carrier must have scanned it, 72 hours after its label.
with all_shipments as (
    select * from {{ ref('stg_shipments') }}
    where night <= {{ to_night() }} and direction = 'outbound'
),

touched as (
    select shipment_id from all_shipments
    where {{ in_range('night') }}
),

first_versions as (
    select * from all_shipments
    where shipment_id in (select touched.shipment_id from touched)
    qualify row_number() over (
            partition by shipment_id order by night asc, record_seq desc
        ) = 1
),

int_outbound_parcels as (
    select
        shipment_id,
        order_id,
        seller_id,
        coalesce(carrier, 'unknown') as carrier,
        tracking_number_hash,
        {{ normalise_code('ship_to_postcode') }} as ship_to_postcode,
        cast(label_created_at as date) as label_on,
        greatest(
            cast(label_created_at + interval 72 hour - interval 1 microsecond as date),
            night
        ) as due_on,
        night,
        label_created_at
    from first_versions
    where {{ in_range('night') }}
)

select * from int_outbound_parcels
