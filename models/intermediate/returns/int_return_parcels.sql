-- Grain: one row per parcel on its way back and night on which it or a scan of it
-- arrived: where it was to go, where it was delivered, and what it weighs.
with all_shipments as (
    select * from {{ ref('stg_shipments') }}
    where night <= {{ to_night() }}
),

all_scans as (
    select * from {{ ref('stg_tracking_scans') }}
    where night <= {{ to_night() }}
),

moved as (
    select shipment_id from all_shipments
    where
        direction = 'return'
        and (
            {{ in_range('night') }}
            or {{ touched('shipment_id', ref('stg_tracking_scans')) }}
        )
),

versions as (
    select * from all_shipments
    where shipment_id in (select moved.shipment_id from moved)
),

current_versions as (
    {{ became_current('versions', ['shipment_id']) }}
),

parcels as (
    {{ periods('current_versions', 'shipment_id', within='versions') }}
),

scans as (
    select * from all_scans
    where shipment_id in (select versions.shipment_id from versions)
),

nights as (
    select shipment_id, night from parcels
    union
    select shipment_id, night from scans
),

scanned as (
    select
        nights.shipment_id,
        nights.night,
        min(scans.weight_g) as weight_g,
        {{ normalise_code(
            'max_by(scans.postcode, (scans.scanned_at, scans.scan_id)) filter ('
            ~ "where scans.scan_type = 'delivered' and scans.postcode is not null)"
        ) }} as delivered_postcode,
        min(scans.scanned_at) filter (
            where scans.scan_type = 'delivered'
        ) as delivered_at
    from nights
    inner join scans
        on nights.shipment_id = scans.shipment_id and nights.night >= scans.night
    group by nights.shipment_id, nights.night
),

siblings as (
    select
        versions.shipment_id,
        nights.night,
        count(distinct others.shipment_id) filter (
            where others.direction = 'return'
        ) as return_parcels
    from nights
    inner join versions on nights.shipment_id = versions.shipment_id
    inner join all_shipments as others
        on versions.order_id = others.order_id and nights.night >= others.night
    group by versions.shipment_id, nights.night
),

int_return_parcels as (
    select
        parcels.shipment_id,
        parcels.order_id,
        {{ normalise_code('parcels.ship_to_postcode') }} as ship_to_postcode,
        scanned.delivered_postcode,
        siblings.return_parcels,
        -- least() passes over what is null
        least(scanned.weight_g, parcels.carrier_weight_g) as weight_g,
        nights.night,
        coalesce(parcels.delivered_at, scanned.delivered_at) as delivered_at
    from nights
    inner join parcels
        on
            nights.shipment_id = parcels.shipment_id
            and nights.night >= parcels.night
            and nights.night < coalesce(parcels.until_night, date '9999-12-31')
    inner join siblings
        on
            nights.shipment_id = siblings.shipment_id
            and nights.night = siblings.night
    left join scanned
        on nights.shipment_id = scanned.shipment_id and nights.night = scanned.night
    where {{ in_range('nights.night') }}
)

select * from int_return_parcels
