-- Money given back to a buyer, delivered once it succeeded.
-- Grain: one row per refund, as first delivered.
with landed as (
    {{ landing_rows('refunds') }}
),
delivered as (
    {{ first_delivery('landed', ['refund_id'], 'succeeded_at') }}
),
stg_refunds as (
    select
        refund_id,
        order_item_id,
        payment_id,
        return_id,
        currency,
        refund_type,
        funded_by,
        amount_minor,
        night,
        succeeded_at,
        ingested_at
    from delivered
)
select * from stg_refunds
