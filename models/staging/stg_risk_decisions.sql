-- Decisions of the live risk engine on an order, payment, payout or party.
-- Grain: one row per version of a decision, as first delivered.
with landed as (
    {{ landing_rows('risk_decisions') }}
),
delivered as (
    {{ first_delivery('landed', ['decision_id', 'record_seq'], 'queued_at') }}
),
stg_risk_decisions as (
    select
        decision_id,
        subject_id,
        policy_id,
        subject_type,
        decision,
        challenge_result,
        currency,
        record_seq,
        score,
        amount_minor,
        holdout_probability,
        is_holdout,
        night,
        queued_at,
        decided_at,
        ingested_at
    from delivered
)
select * from stg_risk_decisions
