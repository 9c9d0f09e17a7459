-- Money sent, or about to be sent, to a party's payout account.
-- Grain: one row per version of a payout, as first delivered.
with landed as (
    {{ landing_rows('payouts') }}
),
delivered as (
    {{ first_delivery('landed', ['payout_id', 'record_seq'], 'initiated_at') }}
),
stg_payouts as (
    select
        payout_id,
        party_id,
        payout_account_id,
        party_type,
        currency,
        status,
        record_seq,
        amount_minor,
        night,
        initiated_at,
        paid_at,
        returned_at,
        ingested_at
    from delivered
)
select * from stg_payouts
