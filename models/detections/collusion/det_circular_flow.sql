-- Grain: one row per identity cluster and baseline night on which money it was paid out
-- had come back to its shops, or on which it and another shop's people bought from each
-- other in equal measure.
with circulation as (
    select * from {{ ref('ind_cluster_circulation') }}
    where {{ in_range('night') }}
),

circular as (
    select * from {{ ref('int_circular_purchases') }}
    where {{ in_range('night') }}
),

payouts as (
    select * from {{ ref('int_baseline_payouts') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('COL-04', [
        'min_cycle_ratio', 'min_circular_usd', 'min_reciprocity', 'min_mutual_orders',
        'max_mean_gap', 'min_history_days'
    ]) }}
),

compared as (
    select
        circulation.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from circulation
    inner join policy on {{ policy_applies('circulation') }}
    where
        circulation.missing_input is null
        and circulation.history_days >= policy.min_history_days
),

suspects as (
    select
        *,
        case
            when cycle_ratio >= min_cycle_ratio and circular_usd_30d >= min_circular_usd
                then case
                        when returned_usd_30d >= cycle_usd_30d then 'payouts_come_back'
                        else 'money_in_a_cycle'
                    end
            when
                reciprocity >= min_reciprocity
                and least(purchases_out, purchases_in) >= min_mutual_orders
                and mean_gap <= max_mean_gap
                then 'mutual_trade'
        end as reason_code
    from compared
),

objects as (
    select
        suspects.entity_id,
        suspects.night,
        unnest([
            'order:' || circular.order_id, 'seller:' || circular.seller_id,
            'user:' || circular.buyer_user_id
        ]) as object
    from suspects
    inner join circular
        on
            suspects.entity_id = circular.cluster_id
            and suspects.night = circular.night
            and suspects.reason_code = circular.way
            and coalesce(suspects.partner_id = circular.partner_id, true)
    union
    select
        cluster_id,
        night,
        unnest(['payout:' || payout_id, 'seller:' || seller_id]) as object
    from payouts
),

named as (
    select
        entity_id,
        night,
        list(object order by object) as evidence_objects
    from objects
    group by entity_id, night
),

judged as (
    select
        suspects.*,
        named.evidence_objects,
        least(suspects.payouts_usd_30d, case
            when suspects.reason_code != 'mutual_trade' then suspects.circular_usd_30d
        end) as amount_at_stake_usd
    from suspects
    inner join named
        on suspects.entity_id = named.entity_id and suspects.night = named.night
),

det_circular_flow as (
    {{ detection_fires('judged', 'COL-04', evidence={
        'cycle_ratio': 'min_cycle_ratio',
        'returned_usd_30d': 'min_circular_usd',
        'cycle_usd_30d': 'min_circular_usd',
        'cycle_id': none,
        'payouts_usd_30d': none,
        'partner_id': none,
        'reciprocity': 'min_reciprocity',
        'purchases_out': 'min_mutual_orders',
        'purchases_in': 'min_mutual_orders',
        'mean_gap': 'max_mean_gap',
    }) }}
)

select * from det_circular_flow
