-- Carrier scans along the way of a parcel.
-- Grain: one row per scan, as first delivered.
with landed as (
    {{ landing_rows('tracking_scans') }}
),
delivered as (
    {{ first_delivery('landed', ['scan_id'], 'scanned_at') }}
),
stg_tracking_scans as (
    select
        scan_id,
        shipment_id,
        scan_type,
        city,
        postcode,
        country,
        weight_g,
        night,
        scanned_at,
        ingested_at
    from delivered
)
select * from stg_tracking_scans
