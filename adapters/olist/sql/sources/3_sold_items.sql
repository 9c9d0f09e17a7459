-- Grain: one row per Olist order item, with the key of the offer it sold. An Olist
-- product may be sold by several sellers; a sku belongs to one, so it names both.
select
    items.order_id || '-' || items.order_item_id as order_item_id,
    items.order_id,
    items.product_id || '-' || items.seller_id as sku_id,
    items.product_id,
    items.seller_id,
    to_minor(items.price) as price_minor,
    to_minor(items.freight_value) as freight_minor,
    order_facts.placed_at
from csv_items as items
left join order_facts on items.order_id = order_facts.order_id
