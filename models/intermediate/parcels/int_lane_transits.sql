-- Grain: one row per lane and baseline night, and one more for each seller that sends
-- more than one in 200 of the lane's parcels: how long its fastest 0.5 % travelled over
-- 90 days, such a seller's own parcels left out. Fewer than 200 parcels set no limit.
with baselines as (
    {{ baseline_nights() }}
),

parcels as (
    select
        transits.lane,
        transits.seller_id,
        transits.transit_minutes,
        baselines.night
    from baselines
    inner join {{ ref('int_parcel_transits') }} as transits
        on
            baselines.night >= transits.night
            and baselines.night - 90 < transits.label_on
),

sizes as (
    select
        lane,
        seller_id,
        night,
        count(*) as parcels,
        sum(count(*)) over (partition by lane, night) as lane_parcels
    from parcels
    group by lane, seller_id, night
),

wanted as (
    select distinct
        lane,
        cast(null as varchar) as seller_id,
        night
    from sizes
    union all
    select
        lane,
        seller_id,
        night
    from sizes
    where parcels * 200 > lane_parcels
),

int_lane_transits as (
    select
        wanted.lane,
        wanted.seller_id,
        count(parcels.lane) as parcels,
        case
            when count(parcels.lane) >= 200
                then quantile_disc(parcels.transit_minutes, 0.005)
        end as quick_minutes,
        wanted.night
    from wanted
    left join parcels
        on
            wanted.lane = parcels.lane
            and wanted.night = parcels.night
            and wanted.seller_id is distinct from parcels.seller_id
    group by wanted.lane, wanted.seller_id, wanted.night
)

select * from int_lane_transits
