-- Grain: one row per buyer cluster active in the last 90 days, measure of what it
-- claims and baseline night: its peer group is that of int_cluster_peer_traits; orders
-- claimed never to have arrived of those fulfilled, and worn returns of those
-- inspected, both of 180 days. A measure that counts nothing of nothing has no row.
with buyers as (
    select * from {{ ref('int_cluster_peer_traits') }}
    where {{ in_range('night') }}
),

claims as (
    select * from {{ ref('int_cluster_denials_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 180
    union all by name
    select * from {{ ref('int_cluster_worn_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 180
),

claimed as (
    select
        buyers.entity_id,
        buyers.night,
        coalesce(sum(claims.nonreceipt_orders), 0) as nonreceipt_orders,
        coalesce(sum(claims.worn_returns), 0) as worn_returns,
        coalesce(sum(claims.inspected_returns), 0) as inspected_returns
    from buyers
    left join claims
        on
            buyers.entity_id = claims.cluster_id
            and buyers.night >= claims.night
            and claims.event_date > buyers.night - 180
            and buyers.night >= claims.event_date
    group by buyers.entity_id, buyers.night
),

measured as (
    select
        buyers.* exclude (measure, successes, trials),
        unnest([
            {
                'measure': 'nonreceipt_orders',
                'successes': claimed.nonreceipt_orders,
                'trials': greatest(buyers.trials, claimed.nonreceipt_orders)
            },
            {
                'measure': 'worn_returns',
                'successes': claimed.worn_returns,
                'trials': claimed.inspected_returns
            }
        ]) as counted
    from buyers
    inner join claimed
        on buyers.entity_id = claimed.entity_id and buyers.night = claimed.night
),

int_claim_peer_traits as (
    select
        measured.entity_type,
        measured.entity_id,
        measured.counted.measure,
        measured.category_l1,
        measured.region,
        measured.tenure_days,
        measured.orders_90d,
        cast(measured.counted.successes as bigint) as successes,
        cast(measured.counted.trials as bigint) as trials,
        measured.night
    from measured
    where measured.counted.trials > 0
)

select * from int_claim_peer_traits
