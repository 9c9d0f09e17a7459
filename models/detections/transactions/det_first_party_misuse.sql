-- Grain: one row per dispute and night that fired: a payment called fraud that the
-- payer made, as earlier payments nobody disputed show, for goods that reached the
-- payer.
with disputes as (
    select * from {{ ref('ind_dispute_matches') }}
    where {{ in_range('night') }} and missing_input is null
),

policy as (
    {{ policy_in_force('TXN-06', [
        'min_history_days', 'min_ce3_matches', 'takeover_days', 'min_closed_disputes',
        'assumed_win_rate',
    ]) }}
),

judged as (
    select
        disputes.*,
        policy.* exclude (policy.region, policy.business_line),
        case
            when disputes.has_proof then 'delivered_with_proof'
            when disputes.is_same_door then 'sent_to_known_address'
        end as reason_code,
        case
            when disputes.closed_365d >= policy.min_closed_disputes
                then disputes.win_rate_365d
            else policy.assumed_win_rate
        end as win_rate,
        list_sort(list_concat(
            ['dispute:' || disputes.entity_id, 'payment:' || disputes.payment_id],
            list_filter(
                [
                    'order:' || disputes.order_id, 'user:' || disputes.buyer_user_id,
                    'seller:' || disputes.seller_id,
                ],
                lambda object: object is not null
            ),
            list_transform(
                disputes.prior_payment_ids, lambda payment_id: 'payment:' || payment_id
            )
        )) as evidence_objects
    from disputes
    inner join policy on {{ policy_applies('disputes') }}
    where
        disputes.is_open
        and disputes.history_days >= policy.min_history_days
        and disputes.ce3_matches >= policy.min_ce3_matches
        and not coalesce(disputes.takeover_gap_days <= policy.takeover_days, false)
),

fired as (
    select
        *,
        disputed_usd * cast(win_rate as decimal(9, 6)) as amount_at_stake_usd
    from judged
),

det_first_party_misuse as (
    {{ detection_fires('fired', 'TXN-06', evidence={
        'ce3_matches': 'min_ce3_matches', 'prior_payments': none, 'has_proof': none,
        'is_same_door': none, 'takeover_gap_days': 'takeover_days', 'stage': none,
        'disputed_usd': none, 'closed_365d': 'min_closed_disputes', 'win_rate': none,
    }) }}
)

select * from det_first_party_misuse
