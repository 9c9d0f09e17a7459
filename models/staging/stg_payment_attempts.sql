-- Every message to a payment provider, from a card check to a settled capture.
-- Grain: one row per payment attempt, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('payment_attempts') }}
),
delivered as (
    {{ first_delivery('landed', ['payment_id'], 'attempted_at') }}
),
stg_payment_attempts as (
    select
        payment_id,
        order_id,
        user_id,
        device_id,
        session_id,
        parent_payment_id,
        {{ hash_pii(normalise_ip('ip'), 'ip') }} as ip_hash,
        {{ hash_pii(ip_prefix('ip'), 'ip_prefix') }} as ip_prefix_hash,
        kind,
        instrument_fingerprint,
        card_bin,
        {{ hash_pii('card_last4', 'card_last4') }} as card_last4_hash,
        issuer_country,
        scheme,
        currency,
        result,
        decline_code,
        avs_result,
        cvv_result,
        three_ds,
        exemption_type,
        {{ hash_pii(
            normalise_id('funding_account_number'), 'account'
        ) }} as funding_account_number_hash,
        attempt_no,
        amount_minor,
        liability_shift,
        night,
        attempted_at,
        settled_at,
        ingested_at
    from delivered
)
select * from stg_payment_attempts
