-- Grain: one row per route (carrier, region and the first three signs of the postcode),
-- buyer cluster and baseline night: orders sent 21 to 180 days before, and those that
-- never arrived or whose buyer says so.
with baselines as (
    {{ baseline_nights() }}
),

parcels as (
    select
        order_id,
        carrier || '|' || left(ship_to_postcode, 3) as route,
        label_on,
        night
    from {{ ref('int_outbound_parcels') }}
    where
        night <= {{ to_night() }}
        and ship_to_postcode is not null
        and exists (select * from baselines)
    qualify row_number() over (partition by order_id order by night, shipment_id) = 1
),

all_positions as (
    select * from {{ ref('int_order_positions') }}
    where night <= {{ to_night() }}
),

positions as (
    {{ periods('all_positions', 'order_id', within='parcels') }}
),

claims as (
    select * from {{ ref('int_nonreceipt_claims') }}
    where night <= {{ to_night() }}
),

clusters as (
    {{ buyer_clusters('positions') }}
),

int_route_parcels as (
    select
        parcels.route || '|' || positions.region as route,
        clusters.cluster_id,
        count(*) as parcels,
        count(*) filter (
            where claims.order_id is not null or positions.delivered_on is null
        ) as undelivered_parcels,
        baselines.night
    from baselines
    inner join parcels
        on
            baselines.night >= parcels.night
            and parcels.label_on > baselines.night - 180
            and parcels.label_on <= baselines.night - 21
    inner join positions
        on
            parcels.order_id = positions.order_id
            and baselines.night >= positions.night
            and baselines.night < coalesce(positions.until_night, date '9999-12-31')
    left join claims
        on parcels.order_id = claims.order_id and baselines.night >= claims.night
    inner join clusters
        on
            positions.buyer_user_id = clusters.buyer_user_id
            and baselines.night >= clusters.night
            and baselines.night < clusters.until_night
    where not positions.is_cancelled
    group by all
)

select * from int_route_parcels
