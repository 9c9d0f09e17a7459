-- Grain: one row per listing of a seller for a known article and night on which its
-- state changed: since when it is on sale, and what it asks in dollars at that night's
-- rate.
with all_products as (
    select * from {{ ref('stg_products') }}
    where night <= {{ to_night() }} and gtin is not null and seller_id is not null
),

touched as (
    select sku_id from all_products
    where {{ in_range('night') }}
),

products as (
    select * from all_products
    where sku_id in (select touched.sku_id from touched)
),

states as (
    {{ became_current('products', ['sku_id']) }}
),

changed as (
    select
        *,
        night as rate_for
    from states
    where {{ in_range('night') }}
),

rates as (
    {{ known_rates('changed') }}
),

int_listing_prices as (
    select
        changed.sku_id,
        changed.seller_id,
        changed.gtin,
        {{ amount_in_usd(
            'changed.list_price_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as list_price_usd,
        changed.status = 'active' as is_active,
        cast(changed.listed_at as date) as listed_on,
        changed.night
    from changed
    left join {{ ref('ref_currencies') }} as currencies
        on changed.currency = currencies.currency
    left join rates
        on
            changed.currency = rates.currency
            and changed.rate_for = rates.rate_for
            and changed.night = rates.night
)

select * from int_listing_prices
