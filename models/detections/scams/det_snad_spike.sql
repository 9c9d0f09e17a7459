-- Grain: one row per seller or listing and night on which far more of its goods were
-- claimed as not described or counterfeit than its peers', or more and more of them.
with claim_records as (
    select * from {{ ref('ind_snad_claims') }}
    where {{ in_range('night') }}
),

claims as (
    select * from {{ ref('int_snad_claims') }}
    where night <= {{ to_night() }}
),

items as (
    select
        *,
        unnest(['seller:' || seller_id, 'sku:' || sku_id]) as entity_key
    from {{ ref('int_delivered_items') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('SCM-03', [
        'min_claims', 'min_items', 'min_peer_ratio', 'min_cusum', 'min_cusum_claims',
        'min_stake_usd', 'min_history_days'
    ]) }}
),

suspects as (
    select
        claim_records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when
                claim_records.snad_items_60d >= policy.min_claims
                and claim_records.items_60d >= policy.min_items
                and claim_records.snad_rate_low
                >= policy.min_peer_ratio * claim_records.peer_snad_rate
                then 'claims_beyond_peers'
            when
                claim_records.cusum >= policy.min_cusum
                and claim_records.claims_60d >= policy.min_cusum_claims
                then 'claims_rising'
        end as reason_code
    from claim_records
    inner join policy on {{ policy_applies('claim_records') }}
    where
        claim_records.missing_input is null
        and claim_records.history_days >= policy.min_history_days
        -- a bad batch is a matter of quality
        and not claim_records.is_recalled
),

behind as (
    select
        suspects.entity_type,
        suspects.entity_id,
        suspects.night,
        list(distinct claims.object) as objects,
        list(distinct 'order:' || claims.order_id) as orders,
        list(distinct 'user:' || claims.buyer_user_id) as buyers,
        coalesce(sum(cast(
            items.paid_usd * greatest(items.return_until - suspects.night, 0)
            / items.return_days as decimal(18, 2)
        )), 0) as stake_usd,
        min(claims.claimed_at) as first_event_at,
        max(claims.claimed_at) as last_event_at
    from suspects
    inner join items
        on
            suspects.entity_type || ':' || suspects.entity_id = items.entity_key
            and suspects.night >= items.night
            and suspects.night < items.delivered_on + 60
    left join claims
        on
            items.order_item_id = claims.order_item_id
            and suspects.night >= claims.night
    where suspects.reason_code is not null
    group by suspects.entity_type, suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_distinct(list_concat(
            [
                suspects.entity_type || ':' || suspects.entity_id,
                'seller:' || suspects.seller_id
            ],
            {{ capped('behind.objects') }}, {{ capped('behind.orders') }},
            {{ capped('behind.buyers') }}
        ))) as evidence_objects,
        behind.first_event_at,
        behind.last_event_at,
        behind.stake_usd as amount_at_stake_usd
    from suspects
    inner join behind
        on
            suspects.entity_type = behind.entity_type
            and suspects.entity_id = behind.entity_id
            and suspects.night = behind.night
    where behind.stake_usd >= suspects.min_stake_usd
),

det_snad_spike as (
    {{ detection_fires('judged', 'SCM-03', evidence={
        'items_60d': 'min_items',
        'snad_items_60d': 'min_claims',
        'snad_rate_low': none,
        'peer_snad_rate': none,
        'claims_60d': 'min_cusum_claims',
        'usual_claims': none,
        'cusum': 'min_cusum',
    }) }}
)

select * from det_snad_spike
