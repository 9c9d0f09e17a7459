-- Grain: one row per article (gtin) and baseline night: what shops ask for it, in
-- dollars, every shop counted once.
with nights as (
    {{ baseline_nights() }}
),

products as (
    select * from {{ ref('stg_products') }}
    where gtin is not null and night <= {{ to_night() }}
),

listed as (
    select
        products.* exclude (night),
        nights.night,
        nights.night as rate_for
    from nights
    inner join products on nights.night >= products.night
    qualify row_number() over (
            partition by nights.night, products.sku_id
            order by products.record_seq desc
        ) = 1
),

rates as (
    {{ known_rates('listed') }}
),

asked as (
    select
        listed.gtin,
        listed.seller_id,
        min({{ amount_in_usd(
            'listed.list_price_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }}) as price_usd,
        listed.night
    from listed
    left join {{ ref('ref_currencies') }} as currencies
        on listed.currency = currencies.currency
    left join rates
        on
            listed.currency = rates.currency
            and listed.rate_for = rates.rate_for
            and listed.night = rates.night
    where listed.status = 'active'
    group by listed.gtin, listed.seller_id, listed.night
),

int_gtin_prices as (
    select
        gtin,
        count(*) as sellers,
        cast(median(price_usd) as decimal(18, 2)) as median_price_usd,
        night
    from asked
    where price_usd is not null
    group by gtin, night
)

select * from int_gtin_prices
