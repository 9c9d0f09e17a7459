-- Grain: one row per seller, lane (carrier and region) and night on which the other
-- sellers' labels on it went without scans far beyond what is usual there: the
-- carrier's fault, not the seller's.
with dues as (
    select * from {{ ref('int_parcel_dues') }}
    where {{ in_range('night') }}
),

lanes as (
    select * from {{ ref('int_carrier_lane_daily') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('CC-01', [
        'max_lane_z', 'min_lane_sellers', 'min_lane_no_scan_share', 'min_lane_nights'
    ]) }}
),

votes as (
    select
        seller_id,
        carrier,
        region,
        min(business_line) as business_line,
        night,
        cast(
            cast(count(*) filter (where not is_scanned) as double) / count(*)
            as decimal(9, 6)
        ) as no_scan_share
    from dues
    group by seller_id, carrier, region, night
),

others as (
    select
        votes.*,
        lanes.history_nights,
        lanes.sellers - 1 as other_sellers,
        lanes.usual_share,
        lanes.median_deviation,
        lanes.mean_deviation,
        cast(
            (lanes.no_scan_votes - votes.no_scan_share) / nullif(lanes.sellers - 1, 0)
            as decimal(9, 6)
        ) as others_share
    from votes
    inner join lanes
        on
            votes.carrier = lanes.carrier
            and votes.region = lanes.region
            and votes.night = lanes.night
),

scored as (
    select
        *,
        cast({{ robust_z(
            'others_share', 'usual_share', 'median_deviation', 'mean_deviation'
        ) }} as decimal(18, 4)) as lane_z
    from others
),

-- a lane whose past never varied has no z: any large share is beyond its usual
int_seller_lane_outages as (
    select
        scored.seller_id,
        scored.carrier,
        scored.region,
        scored.other_sellers,
        scored.others_share,
        scored.lane_z,
        scored.night
    from scored
    inner join policy on {{ policy_applies('scored') }}
    where
        scored.other_sellers >= policy.min_lane_sellers
        and scored.history_nights >= policy.min_lane_nights
        and scored.others_share >= policy.min_lane_no_scan_share
        and coalesce(scored.lane_z, policy.max_lane_z + 1) > policy.max_lane_z
)

select * from int_seller_lane_outages
