-- Grain: one row per delivered parcel whose lane has a limit, on the night its travel
-- was known: was it faster than the lane's fastest 0.5 %? A seller that is large on its
-- lane is measured by the others' parcels only.
with transits as (
    select * from {{ ref('int_parcel_transits') }}
    where {{ in_range('night') }}
),

lanes as (
    select * from {{ ref('int_lane_transits') }}
    where night <= {{ to_night() }}
),

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

int_parcel_timings as (
    select
        shipment_id,
        order_id,
        seller_id,
        transit_minutes,
        quick_minutes,
        transit_minutes < quick_minutes as is_quick,
        label_on,
        night,
        label_created_at
    from timed
    where quick_minutes is not null
)

select * from int_parcel_timings
