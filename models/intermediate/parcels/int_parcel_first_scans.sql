-- Grain: one row per parcel a carrier has touched, on the night its first scan other
-- than of the printed label was known.
with scans as (
    select * from {{ ref('stg_tracking_scans') }}
    where night <= {{ to_night() }} and scan_type != 'label'
),

touched as (
    select shipment_id from scans
    where {{ in_range('night') }}
),

int_parcel_first_scans as (
    select
        shipment_id,
        min(night) as night
    from scans
    where shipment_id in (select touched.shipment_id from touched)
    group by shipment_id
    having {{ in_range('min(night)') }}
)

select * from int_parcel_first_scans
