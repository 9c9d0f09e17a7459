-- Changes of credentials and contact or payout data of an account.
-- Grain: one row per change, as first delivered.
with landed as (
    {{ landing_rows('account_changes') }}
),
delivered as (
    {{ first_delivery('landed', ['change_id'], 'changed_at') }}
),
stg_account_changes as (
    select
        change_id,
        party_id,
        session_id,
        device_id,
        party_type,
        field,
        night,
        changed_at,
        ingested_at
    from delivered
)
select * from stg_account_changes
