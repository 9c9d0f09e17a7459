-- Entries of a seller's balance, signed from the seller's side.
-- Grain: one row per entry, as first delivered.
with landed as (
    {{ landing_rows('settlement_lines') }}
),
delivered as (
    {{ first_delivery('landed', ['line_id'], 'posted_at') }}
),
stg_settlement_lines as (
    select
        line_id,
        seller_id,
        order_item_id,
        line_type,
        currency,
        amount_minor,
        night,
        available_at,
        posted_at,
        ingested_at
    from delivered
)
select * from stg_settlement_lines
