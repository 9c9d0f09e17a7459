-- Grain: one row per seller, date of the label and night: parcels found to weigh too
-- little for their goods, and parcels that travelled faster than a lane's fastest.
with weights as (
    select * from {{ ref('int_parcel_weights') }}
    where {{ in_range('night') }}
),

timings as (
    select * from {{ ref('int_parcel_timings') }}
    where {{ in_range('night') }}
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
        case when is_quick then 1 end as quick_parcels
    from timings
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
