-- Bank or wallet accounts a party asked to be paid out to.
-- Grain: one row per version of a payout account, as first delivered, personal data
-- hashed.
with landed as (
    {{ landing_rows('payout_accounts') }}
),
delivered as (
    {{ first_delivery('landed', ['payout_account_id', 'record_seq'], 'added_at') }}
),
stg_payout_accounts as (
    select
        payout_account_id,
        party_id,
        added_device_id,
        party_type,
        {{ hash_pii(
            normalise_id('account_number'), 'account'
        ) }} as account_number_hash,
        bank_country,
        {{ hash_pii(normalise_name('holder_name'), 'name') }} as holder_name_hash,
        record_seq,
        is_default,
        night,
        added_at,
        verified_at,
        removed_at,
        ingested_at
    from delivered
)
select * from stg_payout_accounts
