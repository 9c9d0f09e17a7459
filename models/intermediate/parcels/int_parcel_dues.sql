-- Grain: one row per parcel, on the night its label was 72 hours old: had a carrier
-- touched it?
with parcels as (
    select * from {{ ref('int_outbound_parcels') }}
    where night <= {{ to_night() }} and {{ in_range('due_on') }}
),

first_scans as (
    select * from {{ ref('int_parcel_first_scans') }}
    where night <= {{ to_night() }}
),

sellers as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='parcels') }}
),

int_parcel_dues as (
    select
        parcels.shipment_id,
        parcels.order_id,
        parcels.seller_id,
        parcels.carrier,
        coalesce(sellers.region, 'unknown') as region,
        sellers.business_line,
        first_scans.shipment_id is not null as is_scanned,
        parcels.label_on,
        parcels.due_on as night,
        parcels.label_created_at
    from parcels
    left join first_scans
        on
            parcels.shipment_id = first_scans.shipment_id
            and parcels.due_on >= first_scans.night
    left join sellers
        on
            parcels.seller_id = sellers.seller_id
            and parcels.due_on >= sellers.night
            and parcels.due_on < coalesce(sellers.until_night, date '9999-12-31')
)

select * from int_parcel_dues
