-- Lines of an order with the price broken into its parts.
-- Grain: one row per order line, as first delivered.
with landed as (
    {{ landing_rows('order_items') }}
),
delivered as (
    {{ first_delivery('landed', ['order_item_id'], 'placed_at') }}
),
stg_order_items as (
    select
        order_item_id,
        order_id,
        sku_id,
        currency,
        quantity,
        gross_minor,
        seller_discount_minor,
        platform_discount_minor,
        shipping_minor,
        shipping_subsidy_minor,
        tax_minor,
        paid_minor,
        platform_fee_minor,
        affiliate_commission_minor,
        night,
        placed_at,
        ingested_at
    from delivered
)
select * from stg_order_items
