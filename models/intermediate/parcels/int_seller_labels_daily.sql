-- Grain: one row per seller, date of the label and night: what became known that night
-- of the labels it printed that day. Labels that fell due while their lane was out
-- count neither as due nor as unscanned; a scan that comes late takes one back. What is
-- known of a label 28 days after it or later is left out: no window holds it.
with parcels as (
    select * from {{ ref('int_outbound_parcels') }}
    where {{ in_range('night') }}
),

all_dues as (
    select * from {{ ref('int_parcel_dues') }}
    where night <= {{ to_night() }} and label_on > {{ from_night() }} - 28
),

outages as (
    select * from {{ ref('int_seller_lane_outages') }}
    where night <= {{ to_night() }}
),

first_scans as (
    select * from {{ ref('int_parcel_first_scans') }}
    where {{ in_range('night') }}
),

destinations as (
    select * from {{ ref('int_parcel_destinations') }}
    where {{ in_range('night') }}
),

reuses as (
    select * from {{ ref('int_parcel_tracking_reuse') }}
    where {{ in_range('night') }}
),

dues as (
    select all_dues.*
    from all_dues
    anti join outages
        on
            all_dues.seller_id = outages.seller_id
            and all_dues.carrier = outages.carrier
            and all_dues.region = outages.region
            and all_dues.night = outages.night
    where all_dues.night < all_dues.label_on + 28
),

changes as (
    select seller_id, label_on, night, 1 as labels
    from parcels
    union all by name
    select
        seller_id,
        label_on,
        night,
        1 as due_labels,
        case when not is_scanned then 1 end as unscanned_labels
    from dues
    where {{ in_range('night') }}
    union all by name
    select
        dues.seller_id,
        dues.label_on,
        first_scans.night,
        -1 as unscanned_labels
    from dues
    inner join first_scans
        on dues.shipment_id = first_scans.shipment_id and dues.night < first_scans.night
    where first_scans.night < dues.label_on + 28
    union all by name
    select
        seller_id,
        label_on,
        night,
        1 as delivered_labels,
        case when is_elsewhere then 1 end as elsewhere_labels,
        case when is_elsewhere then paid_usd end as elsewhere_usd
    from destinations
    union all by name
    select seller_id, label_on, night, 1 as reused_labels
    from reuses
),

int_seller_labels_daily as (
    select
        seller_id,
        label_on as event_date,
        cast(coalesce(sum(labels), 0) as bigint) as labels,
        cast(coalesce(sum(due_labels), 0) as bigint) as due_labels,
        cast(coalesce(sum(unscanned_labels), 0) as bigint) as unscanned_labels,
        cast(coalesce(sum(delivered_labels), 0) as bigint) as delivered_labels,
        cast(coalesce(sum(elsewhere_labels), 0) as bigint) as elsewhere_labels,
        cast(coalesce(sum(reused_labels), 0) as bigint) as reused_labels,
        cast(coalesce(sum(elsewhere_usd), 0) as decimal(18, 2)) as elsewhere_usd,
        night
    from changes
    group by seller_id, label_on, night
)

select * from int_seller_labels_daily
