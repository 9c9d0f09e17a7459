-- Grain: one row per payment and night on which more had gone back than was captured:
-- refunded by us and charged back by the issuer, close together, and still so some days
-- after it appeared.
with overlaps_seen as (
    select * from {{ ref('ind_payment_overlaps') }}
    where {{ in_range('night') }}
),

refunds as (
    select * from {{ ref('int_order_refunds') }}
    where night <= {{ to_night() }}
),

disputes as (
    select * from {{ ref('int_dispute_positions') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('RET-05', [
        'min_double_dip_usd', 'max_gap_days', 'recheck_days', 'lookback_days', 'min_history_days'
    ]) }}
),

suspects as (
    select
        overlaps_seen.*,
        policy.policy_version,
        policy.min_double_dip_usd,
        policy.max_gap_days,
        policy.recheck_days
    from overlaps_seen
    inner join policy on {{ policy_applies('overlaps_seen') }}
    where
        overlaps_seen.missing_input is null
        and overlaps_seen.history_days >= policy.min_history_days
        and overlaps_seen.double_dip_usd >= policy.min_double_dip_usd
        and overlaps_seen.overlap_days >= policy.recheck_days
        and overlaps_seen.gap_days <= policy.max_gap_days
        and overlaps_seen.night
        - cast(overlaps_seen.last_event_at as date) <= policy.lookback_days
),

objects as (
    select
        entity_id,
        night,
        'payment:' || entity_id as object
    from suspects
    union
    select
        suspects.entity_id,
        suspects.night,
        'refund:' || refunds.refund_id as object
    from suspects
    inner join refunds
        on
            suspects.order_id = refunds.order_id
            and suspects.night >= refunds.night
            and coalesce(refunds.capture_id, suspects.entity_id) = suspects.entity_id
    union
    select
        suspects.entity_id,
        suspects.night,
        'dispute:' || disputes.dispute_id as object
    from suspects
    inner join disputes
        on suspects.entity_id = disputes.payment_id and suspects.night >= disputes.night
),

evidence as (
    select
        entity_id,
        night,
        list(distinct object order by object) as evidence_objects
    from objects
    group by entity_id, night
),

judged as (
    select
        suspects.*,
        evidence.evidence_objects,
        'refunded_and_charged_back' as reason_code,
        suspects.double_dip_usd as amount_at_stake_usd
    from suspects
    inner join evidence
        on suspects.entity_id = evidence.entity_id and suspects.night = evidence.night
),

det_double_dip as (
    {{ detection_fires('judged', 'RET-05', evidence={
        'double_dip_usd': 'min_double_dip_usd',
        'gap_days': 'max_gap_days',
        'overlap_days': 'recheck_days',
        'refunded_minor': none,
        'charged_back_minor': none,
        'captured_minor': none,
        'currency': none,
    }) }}
)

select * from det_double_dip
