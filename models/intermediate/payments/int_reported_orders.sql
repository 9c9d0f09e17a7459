-- Grain: one row per order of which an issuer reported a payment as fraud, on the night
-- the first report was known.
with reports as (
    select * from {{ ref('stg_issuer_fraud_reports') }}
    where night <= {{ to_night() }}
),

payments as (
    select * from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and order_id is not null
        and payment_id in (select reports.payment_id from reports)
),

int_reported_orders as (
    select
        payments.order_id,
        min(greatest(reports.night, payments.night)) as night
    from reports
    inner join payments on reports.payment_id = payments.payment_id
    group by payments.order_id
    having {{ in_range('min(greatest(reports.night, payments.night))') }}
)

select * from int_reported_orders
