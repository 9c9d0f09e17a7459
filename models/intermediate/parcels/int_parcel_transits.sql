-- Grain: one row per delivered parcel, on the night both its acceptance by the carrier
-- and its delivery had been scanned: how long it travelled. What is known 28 days after
-- the label or later is left out: no window holds it.
with parcels as (
    select * from {{ ref('int_outbound_parcels') }}
    where night <= {{ to_night() }} and label_on > {{ from_night() }} - 28
),

scans as (
    select * from {{ ref('stg_tracking_scans') }}
    where night <= {{ to_night() }}
),

accepted as (
    select * from scans
    where scan_type = 'acceptance'
    qualify row_number() over (
            partition by shipment_id order by night, scanned_at, scan_id
        ) = 1
),

delivered as (
    select * from scans
    where scan_type = 'delivered'
    qualify row_number() over (
            partition by shipment_id order by night, scanned_at, scan_id
        ) = 1
),

travelled as (
    select
        parcels.*,
        date_diff('minute', accepted.scanned_at, delivered.scanned_at)
            as transit_minutes,
        greatest(parcels.night, accepted.night, delivered.night) as known_on
    from parcels
    inner join accepted on parcels.shipment_id = accepted.shipment_id
    inner join delivered on parcels.shipment_id = delivered.shipment_id
),

sellers as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='travelled') }}
),

int_parcel_transits as (
    select
        travelled.shipment_id,
        travelled.order_id,
        travelled.seller_id,
        travelled.carrier || '|' || coalesce(sellers.region, 'unknown') as lane,
        travelled.transit_minutes,
        travelled.label_on,
        travelled.known_on as night,
        travelled.label_created_at
    from travelled
    left join sellers
        on
            travelled.seller_id = sellers.seller_id
            and travelled.known_on >= sellers.night
            and travelled.known_on < coalesce(sellers.until_night, date '9999-12-31')
    where
        {{ in_range('travelled.known_on') }}
        and travelled.known_on < travelled.label_on + 28
)

select * from int_parcel_transits
