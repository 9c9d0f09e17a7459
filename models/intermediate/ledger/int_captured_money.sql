{{ config(materialized='view') }}

-- What buyers paid, from the ledger: captures, with and without a known item, and the
-- voids that took them back. One row per posting.
with int_captured_money as (
    select
        posting_id,
        order_id,
        currency,
        amount_minor,
        amount_usd,
        event_date,
        night,
        order_night
    from {{ ref('int_posting_orders') }}
    where
        source_table = 'payment_attempts'
        and account in ('psp_cash', 'unapplied_cash')
)

select * from int_captured_money
