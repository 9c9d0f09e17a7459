-- Grain: one row per seller and night on which it was growing, where the prices of its
-- active listings could be compared: the middle of what it asks by what other shops ask
-- for the same article (SC04).
with growth as (
    select * from {{ ref('int_seller_growth') }}
    where {{ in_range('night') }} and growth > 0
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='growth') }}
),

sellers as (
    select
        growth.seller_id,
        growth.night,
        profiles.region,
        profiles.business_line
    from growth
    inner join profiles
        on
            growth.seller_id = profiles.seller_id
            and growth.night >= profiles.night
            and growth.night < coalesce(profiles.until_night, date '9999-12-31')
),

policy as (
    {{ policy_in_force('SCM-01', ['min_price_sellers']) }}
),

listings as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by sku_id order by night
        ) as until_night
    from {{ ref('int_listing_prices') }}
    where night <= {{ to_night() }}
),

int_seller_price_ratios as (
    select
        sellers.seller_id,
        count(*) as compared_listings,
        cast(median(cast(
            listings.list_price_usd / nullif(prices.median_price_usd, 0)
            as decimal(12, 4)
        )) as decimal(12, 4)) as median_price_ratio,
        sellers.night
    from sellers
    inner join policy on {{ policy_applies('sellers') }}
    inner join listings
        on
            sellers.seller_id = listings.seller_id
            and sellers.night >= listings.night
            and sellers.night < listings.until_night
    inner join {{ ref('int_gtin_prices') }} as prices
        on
            listings.gtin = prices.gtin
            and {{ baseline_night_before('sellers.night') }} = prices.night
    where
        listings.is_active
        and listings.list_price_usd is not null
        and prices.sellers >= policy.min_price_sellers
    group by sellers.seller_id, sellers.night
)

select * from int_seller_price_ratios
