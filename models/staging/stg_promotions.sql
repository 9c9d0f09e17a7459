-- Coupons, flash sales and other campaigns that cost somebody money.
-- Grain: one row per version of a promotion, as first delivered.
with landed as (
    {{ landing_rows('promotions') }}
),
delivered as (
    {{ first_delivery('landed', ['promotion_id', 'record_seq'], 'starts_at') }}
),
stg_promotions as (
    select
        promotion_id,
        sku_id,
        promotion_type,
        funded_by,
        currency,
        record_seq,
        limit_per_person,
        value_minor,
        minimum_spend_minor,
        budget_minor,
        night,
        starts_at,
        ends_at,
        ingested_at
    from delivered
)
select * from stg_promotions
