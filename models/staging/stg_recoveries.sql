-- Money won back after a loss, from being booked to received or given up.
-- Grain: one row per recovery and stage, as first delivered.
with landed as (
    {{ landing_rows('recoveries') }}
),
delivered as (
    {{ first_delivery('landed', ['recovery_id', 'stage'], 'occurred_at') }}
),
stg_recoveries as (
    select
        recovery_id,
        party_id,
        order_item_id,
        dispute_id,
        refund_id,
        stage,
        party_type,
        source,
        currency,
        amount_minor,
        is_cash,
        night,
        occurred_at,
        ingested_at
    from delivered
)
select * from stg_recoveries
