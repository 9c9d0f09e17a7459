-- Stages a card dispute went through with the money each of them moved.
-- Grain: one row per stage of a dispute, as first delivered.
with landed as (
    {{ landing_rows('dispute_events') }}
),
delivered as (
    {{ first_delivery('landed', ['dispute_id', 'stage_seq'], 'occurred_at') }}
),
stg_dispute_events as (
    select
        dispute_id,
        payment_id,
        stage,
        scheme,
        reason_code,
        reason_group,
        resolution,
        currency,
        liable_party,
        stage_seq,
        cash_effect_minor,
        fee_minor,
        night,
        occurred_at,
        ingested_at
    from delivered
)
select * from stg_dispute_events
