-- Grain: one row per entity, measure and baseline night: the peer group it belongs to,
-- by category, region, how long it is known and how much it trades.
{%- set sources = [
    'int_cluster_peer_traits',
    'int_claim_peer_traits',
    'int_seller_peer_traits',
    'int_seller_trade_peer_traits',
    'int_snad_peer_traits',
    'int_creator_peer_traits',
    'int_referrer_peer_traits',
    'int_channel_peer_traits',
    'int_discount_peer_traits',
    'int_issuer_fraud_peer_traits',
] %}
with routes as (
    select
        'route' as entity_type,
        route as entity_id,
        'non_delivery' as measure,
        'all' as category_l1,
        'all' as region,
        cast(null as bigint) as tenure_days,
        0 as orders_90d,
        cast(sum(undelivered_parcels) as bigint) as successes,
        cast(sum(parcels) as bigint) as trials,
        night
    from {{ ref('int_route_parcels') }}
    where {{ in_range('night') }}
    group by route, night
),

traits as (
    {% for source in sources %}
        select * from {{ ref(source) }}
        where {{ in_range('night') }}
        union all by name
    {% endfor %}
    select * from routes
),

bucketed as (
    select
        *,
        case
            when tenure_days is null then 'unknown'
            when tenure_days <= 30 then '0-30'
            when tenure_days <= 90 then '31-90'
            when tenure_days <= 365 then '91-365'
            else '366+'
        end as tenure_bucket,
        -- equals share a quartile, whatever their ids
        'q' || cast(least(4, 1 + floor(4 * percent_rank() over (
            partition by entity_type, measure, night order by orders_90d
        ))) as integer) as volume_bucket
    from traits
),

int_peer_members as (
    select
        entity_type,
        entity_id,
        measure,
        concat_ws('|', category_l1, region, tenure_bucket, volume_bucket) as peer_group,
        category_l1,
        region,
        tenure_bucket,
        volume_bucket,
        successes,
        trials,
        night
    from bucketed
)

select * from int_peer_members
