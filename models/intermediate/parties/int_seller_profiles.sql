-- Grain: one row per seller and night on which it changed: what it trades where, and
-- since when.
with all_sellers as (
    select * from {{ ref('stg_sellers') }}
    where night <= {{ to_night() }}
),

touched as (
    select seller_id from all_sellers
    where {{ in_range('night') }}
),

sellers as (
    select * from all_sellers
    where seller_id in (select touched.seller_id from touched)
),

states as (
    {{ became_current('sellers', ['seller_id']) }}
),

int_seller_profiles as (
    select
        seller_id,
        region,
        business_line,
        category_l1,
        cast(onboarded_at as date) as onboarded_on,
        night
    from states
    where {{ in_range('night') }}
)

select * from int_seller_profiles
