-- Grain: one row per baseline night and identity cluster with a shop that was paid in
-- 30 days, by buyers or by us: where its oldest shop trades and since when.
with payouts as (
    select * from {{ ref('int_baseline_payouts') }}
    where {{ in_range('night') }}
),

purchases as (
    select * from {{ ref('int_baseline_purchases') }}
    where {{ in_range('night') }}
),

shops as (
    select cluster_id, seller_id, night from payouts
    union
    select payee_id as cluster_id, seller_id, night from purchases
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='shops') }}
),

int_cluster_shops as (
    select
        shops.cluster_id,
        profiles.region,
        profiles.business_line,
        profiles.onboarded_on,
        shops.night
    from shops
    left join profiles
        on
            shops.seller_id = profiles.seller_id
            and shops.night >= profiles.night
            and shops.night < coalesce(profiles.until_night, date '9999-12-31')
    qualify row_number() over (
            partition by shops.cluster_id, shops.night
            order by profiles.onboarded_on asc nulls last, shops.seller_id asc
        ) = 1
)

select * from int_cluster_shops
