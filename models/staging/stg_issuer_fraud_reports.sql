-- Notices by card issuers that a payment was fraudulent, with or without a dispute.
-- Grain: one row per notice, as first delivered.
with landed as (
    {{ landing_rows('issuer_fraud_reports') }}
),
delivered as (
    {{ first_delivery('landed', ['report_id'], 'reported_at') }}
),
stg_issuer_fraud_reports as (
    select
        report_id,
        payment_id,
        scheme,
        fraud_type,
        currency,
        amount_minor,
        night,
        reported_at,
        ingested_at
    from delivered
)
select * from stg_issuer_fraud_reports
