-- Grain: one row per listing and night on which a review of it arrived, became instant
-- praise or left the 28 days: how much of its reviews are five stars that came as soon
-- as the parcel, or before it (CO04).
with reviews as (
    select * from {{ ref('int_sku_reviews_daily') }}
    where night <= {{ to_night() }}
),

rolled as (
    {{ rolling_sums('reviews', 'sku_id', {28: ['reviews', 'instant_reviews']}) }}
),

listings as (
    select
        rolled.sku_id,
        rolled.night,
        products.seller_id,
        cast(products.listed_at as date) as listed_on
    from rolled
    inner join {{ ref('stg_products') }} as products
        on rolled.sku_id = products.sku_id and rolled.night >= products.night
    qualify row_number() over (
            partition by rolled.sku_id, rolled.night
            order by products.record_seq desc
        ) = 1
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='listings') }}
),

ind_sku_praise as (
    select
        'sku' as entity_type,
        rolled.sku_id as entity_id,
        listings.seller_id,
        profiles.region,
        profiles.business_line,
        case
            when listings.sku_id is null then 'no_listing'
            when profiles.seller_id is null then 'no_account'
        end as missing_input,
        cast(rolled.night - listings.listed_on as integer) as history_days,
        rolled.reviews_28d,
        rolled.instant_reviews_28d,
        cast(
            cast(rolled.instant_reviews_28d as double) / nullif(rolled.reviews_28d, 0)
            as decimal(9, 6)
        ) as instant_praise,
        rolled.night
    from rolled
    left join listings
        on rolled.sku_id = listings.sku_id and rolled.night = listings.night
    left join profiles
        on
            listings.seller_id = profiles.seller_id
            and rolled.night >= profiles.night
            and rolled.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_sku_praise
