-- Grain: one row per order item, with its product and its money in dollars, as known on
-- the night it arrived.
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

listings as (
    select
        items.order_item_id,
        products.gtin,
        products.category_l1,
        products.condition,
        products.weight_g,
        products.max_per_customer
    from items
    inner join
        products
        on items.sku_id = products.sku_id and items.night >= products.night
    qualify row_number() over (
            partition by items.order_item_id order by products.record_seq desc
        ) = 1
),

int_order_item_values as (
    select
        items.order_item_id,
        items.order_id,
        items.sku_id,
        listings.gtin,
        listings.category_l1,
        listings.condition,
        items.currency,
        items.quantity,
        listings.weight_g,
        listings.max_per_customer,
        items.paid_minor,
        {% for part in [
            'paid', 'gross', 'platform_discount', 'shipping_subsidy',
            'affiliate_commission'
        ] -%}
            {{ amount_in_usd(
                'items.' ~ part ~ '_minor', 'rates.usd_per_unit', 'currencies.exponent'
            ) }} as {{ part }}_usd,
        {% endfor -%}
        items.night,
        items.placed_at
    from items
    left join listings on items.order_item_id = listings.order_item_id
    left join currencies on items.currency = currencies.currency
    left join rates
        on
            items.currency = rates.currency
            and items.rate_for = rates.rate_for
            and items.night = rates.night
)

select * from int_order_item_values
