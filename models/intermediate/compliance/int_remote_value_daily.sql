{{ config(materialized='view') }}

-- Value of remote card payments in euros and how much of it was fraud, by the day of
-- the payment, recovered or not. One row per region and day with payments.
with payments as (
    select * from {{ ref('int_remote_payments') }}
),

-- a payment both reported and charged back is one fraud
notices as (
    select payment_id
    from {{ ref('stg_issuer_fraud_reports') }}
    union
    select payment_id
    from {{ ref('stg_dispute_events') }}
    where stage = 'chargeback' and reason_group = 'fraud'
),

int_remote_value_daily as (
    select
        payments.region,
        cast(coalesce(sum(payments.amount_eur), 0) as decimal(18, 2)) as remote_eur,
        cast(
            coalesce(sum(payments.amount_eur) filter (
                where notices.payment_id is not null
            ), 0) as decimal(18, 2)
        ) as fraud_eur,
        count(*) filter (where payments.amount_eur is null) as unvalued_payments,
        payments.paid_on
    from payments
    left join notices on payments.payment_id = notices.payment_id
    group by payments.region, payments.paid_on
)

select * from int_remote_value_daily
