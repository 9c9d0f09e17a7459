-- Grain: one row per notice. First delivery of each.
with landed as (
    {{ landing_rows('issuer_fraud_reports') }}
),
delivered as (
    {{ first_delivery('landed', ['report_id']) }}
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
