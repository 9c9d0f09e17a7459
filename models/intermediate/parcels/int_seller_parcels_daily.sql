-- Grain: one row per seller, date of the label and night: parcels found to weigh too
-- little for their goods, and parcels that travelled faster than a lane's fastest.
with weights as (
    select * from {{ ref('int_parcel_weights') }}
    where {{ in_range('night') }}
),

transits as (
    select * from {{ ref('int_parcel_transits') }}
    where {{ in_range('night') }}
),

lanes as (
    select * from {{ ref('int_lane_transits') }}
    where night <= {{ to_night() }}
),

-- a seller that is large on its lane is measured by the others' parcels only
timed as (
    select
        transits.*,
        lanes.quick_minutes
    from transits
    inner join lanes
        on
            transits.lane = lanes.lane
            and transits.seller_id = coalesce(lanes.seller_id, transits.seller_id)
            and {{ baseline_night_before('transits.night') }} = lanes.night
    qualify row_number() over (
            partition by transits.shipment_id order by lanes.seller_id is null
        ) = 1
),

limited as (
    select * from timed
    where quick_minutes is not null
),

changes as (
    select
        seller_id,
        label_on,
        night,
        1 as weighed_parcels,
        case when is_light then 1 end as light_parcels
    from weights
    union all by name
    select
        seller_id,
        label_on,
        night,
        1 as timed_parcels,
        case when transit_minutes < quick_minutes then 1 end as quick_parcels
    from limited
),

int_seller_parcels_daily as (
    select
        seller_id,
        label_on as event_date,
        cast(coalesce(sum(weighed_parcels), 0) as bigint) as weighed_parcels,
        cast(coalesce(sum(light_parcels), 0) as bigint) as light_parcels,
        cast(coalesce(sum(timed_parcels), 0) as bigint) as timed_parcels,
        cast(coalesce(sum(quick_parcels), 0) as bigint) as quick_parcels,
        night
    from changes
    group by seller_id, label_on, night
)

select * from int_seller_parcels_daily
