-- Grain: one row per order item, with its category and what was paid for it in dollars,
-- as known on the night it arrived.
with items as (
    select
        *,
        cast(placed_at as date) as rate_for
    from {{ ref('stg_order_items') }}
    where {{ in_range('night') }}
),

products as (
    select * from {{ ref('stg_products') }}
    where night <= {{ to_night() }}
),

currencies as (
    select * from {{ ref('ref_currencies') }}
),

rates as (
    {{ known_rates('items') }}
),

categories as (
    select
        items.order_item_id,
        max_by(products.category_l1, products.record_seq) as category_l1
    from items
    inner join
        products
        on items.sku_id = products.sku_id and items.night >= products.night
    group by items.order_item_id
),

int_order_item_values as (
    select
        items.order_item_id,
        items.order_id,
        items.sku_id,
        categories.category_l1,
        items.currency,
        items.paid_minor,
        {{ amount_in_usd(
            'items.paid_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as paid_usd,
        items.night,
        items.placed_at
    from items
    left join categories on items.order_item_id = categories.order_item_id
    left join currencies on items.currency = currencies.currency
    left join rates
        on
            items.currency = rates.currency
            and items.rate_for = rates.rate_for
            and items.night = rates.night
)

select * from int_order_item_values
