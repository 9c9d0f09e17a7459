-- Grain: one row per order item. Discounts, tax, fees and subsidies are unknown, so
-- their columns are not delivered; the buyer paid price and freight.
select
    order_item_id,
    order_id,
    sku_id,
    1::bigint as quantity,
    'BRL' as currency,
    price_minor as gross_minor,
    freight_minor as shipping_minor,
    price_minor + freight_minor as paid_minor,
    placed_at,
    placed_at as ingested_at
from sold_items
