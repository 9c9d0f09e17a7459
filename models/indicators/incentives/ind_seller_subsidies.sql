-- Grain: one row per seller and night on which its window changed: what the platform
-- paid towards its orders of 28 days beside what it pays towards its peers', and how
-- many of them cost the buyer next to nothing.
with rolled as (
    {{ rolling_sums(ref('int_seller_subsidies_daily'), 'seller_id', {28: [
        'orders', 'near_free_orders', 'unpriced_orders', 'platform_usd', 'value_usd',
    ]}) }}
),

looked_at as (
    select
        'seller' as entity_type,
        seller_id as entity_id,
        *
    from rolled
),

spreads as (
    {{ peer_spreads('looked_at', 'platform_usd') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='looked_at') }}
),

ind_seller_subsidies as (
    select
        looked_at.entity_type,
        looked_at.entity_id,
        profiles.region,
        profiles.business_line,
        spreads.group_used,
        case
            when profiles.seller_id is null then 'no_account'
            when spreads.entity_id is null then 'no_baseline'
            when looked_at.unpriced_orders_28d > 0 then 'no_fx'
        end as missing_input,
        cast(looked_at.night - profiles.onboarded_on as integer) as history_days,
        spreads.pg_level_used,
        looked_at.orders_28d,
        looked_at.near_free_orders_28d,
        cast(
            cast(looked_at.near_free_orders_28d as double)
            / nullif(looked_at.orders_28d, 0)
            as decimal(12, 6)
        ) as near_free_share,
        looked_at.platform_usd_28d,
        looked_at.value_usd_28d,
        cast(
            cast(looked_at.platform_usd_28d as double)
            / nullif(looked_at.value_usd_28d, 0)
            as decimal(12, 6)
        ) as subsidy_intensity,
        spreads.median_rate as peer_intensity,
        {{ robust_z(
            'cast(looked_at.platform_usd_28d as double)'
            ' / nullif(looked_at.value_usd_28d, 0)',
            'spreads.median_rate', 'spreads.median_deviation', 'spreads.mean_deviation'
        ) }} as intensity_z,
        looked_at.night
    from looked_at
    left join spreads
        on
            looked_at.entity_id = spreads.entity_id
            and looked_at.night = spreads.night
    left join profiles
        on
            looked_at.entity_id = profiles.seller_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_seller_subsidies
