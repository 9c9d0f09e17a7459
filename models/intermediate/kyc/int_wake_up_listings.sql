-- Grain: one row per woken seller and night: what it listed in the 7 days from its
-- waking on, and what it asks for it by what other shops ask for the same article.
with woken as (
    select * from {{ ref('int_seller_wake_ups') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-06', ['min_price_sellers']) }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='woken') }}
),

scoped as (
    select
        woken.*,
        profiles.region,
        profiles.business_line
    from woken
    inner join profiles
        on
            woken.seller_id = profiles.seller_id
            and woken.night >= profiles.night
            and woken.night < coalesce(profiles.until_night, date '9999-12-31')
),

listings as (
    select
        scoped.seller_id,
        scoped.woke_on,
        scoped.region,
        scoped.business_line,
        products.* exclude (seller_id, night),
        scoped.night,
        scoped.night as rate_for
    from scoped
    inner join {{ ref('stg_products') }} as products
        on
            scoped.seller_id = products.seller_id
            and scoped.night >= products.night
    qualify row_number() over (
            partition by scoped.night, products.sku_id
            order by products.record_seq desc
        ) = 1
),

rates as (
    {{ known_rates('listings') }}
),

compared as (
    select
        listings.*,
        listings.listed_at >= listings.woke_on
        and listings.listed_at < listings.woke_on + 7 as is_new,
        listings.listed_at < listings.woke_on as is_old,
        cast({{ amount_in_usd(
            'listings.list_price_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} / nullif(prices.median_price_usd, 0) as decimal(12, 4)) as price_ratio
    from listings
    inner join policy on {{ policy_applies('listings') }}
    left join {{ ref('ref_currencies') }} as currencies
        on listings.currency = currencies.currency
    left join rates
        on
            listings.currency = rates.currency
            and listings.rate_for = rates.rate_for
            and listings.night = rates.night
    left join {{ ref('int_gtin_prices') }} as prices
        on
            listings.gtin = prices.gtin
            and {{ baseline_night_before('listings.night') }} = prices.night
            and policy.min_price_sellers <= prices.sellers
),

int_wake_up_listings as (
    select
        seller_id,
        count(*) filter (where is_new) as new_listings,
        -- none when it had listed nothing before
        len(list_filter(
            coalesce(list(distinct category_l1) filter (where is_new), []),
            lambda category: not list_contains(
                list(distinct category_l1) filter (where is_old), category
            )
        )) as new_categories,
        cast(median(price_ratio) filter (where is_new) as decimal(12, 4))
            as median_price_ratio,
        coalesce(
            list('sku:' || sku_id order by sku_id) filter (where is_new), []
        ) as objects,
        night
    from compared
    group by seller_id, night
)

select * from int_wake_up_listings
