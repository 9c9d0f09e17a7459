-- Listings offered by sellers, with price and condition.
-- Grain: one row per version of a listing, as first delivered.
with landed as (
    {{ landing_rows('products') }}
),
delivered as (
    {{ first_delivery('landed', ['sku_id', 'record_seq'], 'listed_at') }}
),
stg_products as (
    select
        sku_id,
        seller_id,
        gtin,
        brand,
        category_l1,
        category_l2,
        title,
        currency,
        condition,
        status,
        record_seq,
        list_price_minor,
        weight_g,
        max_per_customer,
        night,
        listed_at,
        ingested_at
    from delivered
)
select * from stg_products
