-- Grain: one row per lane (carrier and region) and night on which labels of it fell
-- due: the share not scanned, each seller one vote, so that no seller is a lane of its
-- own, beside the lane's last 56 nights.
with dues as (
    select * from {{ ref('int_parcel_dues') }}
    where night between {{ from_night() }} - 56 and {{ to_night() }}
),

votes as (
    select
        carrier,
        region,
        seller_id,
        night,
        cast(
            cast(count(*) filter (where not is_scanned) as double) / count(*)
            as decimal(9, 6)
        ) as no_scan_share
    from dues
    group by carrier, region, seller_id, night
),

lanes as (
    select
        carrier,
        region,
        night,
        count(*) as sellers,
        sum(no_scan_share) as no_scan_votes,
        cast(sum(no_scan_share) / count(*) as decimal(9, 6)) as no_scan_share
    from votes
    group by carrier, region, night
),

history as (
    select
        lanes.carrier,
        lanes.region,
        lanes.night,
        past.no_scan_share,
        cast(median(past.no_scan_share) over (
            partition by lanes.carrier, lanes.region, lanes.night
        ) as decimal(9, 6)) as usual_share
    from lanes
    inner join lanes as past
        on
            lanes.carrier = past.carrier
            and lanes.region = past.region
            and past.night between lanes.night - 56 and lanes.night - 1
    where {{ in_range('lanes.night') }}
),

spreads as (
    select
        carrier,
        region,
        night,
        count(*) as history_nights,
        min(usual_share) as usual_share,
        cast(median(abs(no_scan_share - usual_share)) as decimal(9, 6))
            as median_deviation,
        cast(
            sum(abs(no_scan_share - usual_share)) / count(*) as decimal(9, 6)
        ) as mean_deviation
    from history
    group by carrier, region, night
),

int_carrier_lane_daily as (
    select
        lanes.carrier,
        lanes.region,
        lanes.sellers,
        coalesce(spreads.history_nights, 0) as history_nights,
        cast(lanes.no_scan_votes as decimal(18, 6)) as no_scan_votes,
        lanes.no_scan_share,
        spreads.usual_share,
        spreads.median_deviation,
        spreads.mean_deviation,
        lanes.night
    from lanes
    left join spreads
        on
            lanes.carrier = spreads.carrier
            and lanes.region = spreads.region
            and lanes.night = spreads.night
    where {{ in_range('lanes.night') }}
)

select * from int_carrier_lane_daily
