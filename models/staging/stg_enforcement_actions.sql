-- Measures taken against a party or thing, with appeal.
-- Grain: one row per version of a measure, as first delivered.
with landed as (
    {{ landing_rows('enforcement_actions') }}
),
delivered as (
    {{ first_delivery('landed', ['action_id', 'record_seq'], 'started_at') }}
),
stg_enforcement_actions as (
    select
        action_id,
        target_id,
        detection_id,
        target_type,
        action,
        scenario,
        decided_by,
        appeal_outcome,
        record_seq,
        night,
        started_at,
        ended_at,
        appealed_at,
        appeal_decided_at,
        ingested_at
    from delivered
)
select * from stg_enforcement_actions
