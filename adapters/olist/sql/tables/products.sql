-- Grain: one row per offer (product and seller) and price it was sold at in turn. Olist
-- does not say when an offer was listed: known since its first sale.
with sales as (
    select
        sku_id,
        product_id,
        seller_id,
        price_minor,
        placed_at,
        order_item_id,
        min(placed_at) over (partition by sku_id) as first_sold_at,
        lag(price_minor) over (
            partition by sku_id
            order by placed_at, order_item_id
        ) as previous_price_minor
    from sold_items
),

versions as (
    select * from sales
    where price_minor is distinct from previous_price_minor
)

select
    versions.sku_id,
    versions.seller_id,
    coalesce(
        categories.product_category_name_english,
        products.product_category_name,
        'unknown'
    ) as category_l1,
    'BRL' as currency,
    versions.price_minor as list_price_minor,
    cast(products.product_weight_g as bigint) as weight_g,
    versions.first_sold_at as listed_at,
    'active' as status,
    row_number() over (
        partition by versions.sku_id
        order by versions.placed_at, versions.order_item_id
    ) as record_seq,
    versions.placed_at as ingested_at
from versions
left join csv_products as products on versions.product_id = products.product_id
left join csv_categories as categories
    on products.product_category_name = categories.product_category_name
