-- Grain: one row per seller, channel and baseline night: how much of the demand of 28
-- days looks like tasks, beside sellers of the same channel on the baseline before.
with looked_at as (
    select
        'seller_channel' as entity_type,
        seller_id || '|' || channel as entity_id,
        *
    from {{ ref('int_channel_demand') }}
    where {{ in_range('night') }}
),

browse_spreads as (
    {{ peer_spreads('looked_at', 'unbrowsed_orders') }}
),

loyalty_priors as (
    {{ peer_priors('looked_at', 'single_seller_buyers') }}
),

newness_priors as (
    {{ peer_priors('looked_at', 'new_buyer_orders') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='looked_at') }}
),

ind_seller_demand as (
    select
        'seller' as entity_type,
        looked_at.seller_id as entity_id,
        looked_at.channel,
        profiles.region,
        profiles.business_line,
        browse_spreads.group_used,
        case
            when profiles.seller_id is null then 'no_account'
            when browse_spreads.entity_id is null or loyalty_priors.entity_id is null
                then 'no_baseline'
        end as missing_input,
        cast(looked_at.night - profiles.onboarded_on as integer) as history_days,
        looked_at.orders as orders_28d,
        looked_at.session_orders as session_orders_28d,
        looked_at.unbrowsed_orders as unbrowsed_orders_28d,
        looked_at.buyers as buyers_28d,
        looked_at.single_seller_buyers as single_seller_buyers_28d,
        looked_at.new_buyer_orders as new_buyer_orders_28d,
        looked_at.largest_crew as largest_crew_28d,
        looked_at.paid_usd as paid_usd_28d,
        looked_at.platform_usd as platform_usd_28d,
        case when looked_at.session_orders > 0 then {{ robust_z(
            'cast(looked_at.unbrowsed_orders as double) / looked_at.session_orders',
            'browse_spreads.median_rate', 'browse_spreads.median_deviation',
            'browse_spreads.mean_deviation'
        ) }} end as unbrowsed_z,
        {{ eb_lower(
            'looked_at.single_seller_buyers', 'looked_at.buyers',
            'loyalty_priors.alpha', 'loyalty_priors.beta'
        ) }} as single_seller_rate_low,
        loyalty_priors.peer_rate as peer_single_seller_rate,
        {{ eb_lower(
            'looked_at.new_buyer_orders', 'looked_at.dated_orders',
            'newness_priors.alpha', 'newness_priors.beta'
        ) }} as new_buyer_rate_low,
        newness_priors.peer_rate as peer_new_buyer_rate,
        looked_at.night
    from looked_at
    left join browse_spreads
        on
            looked_at.entity_id = browse_spreads.entity_id
            and looked_at.night = browse_spreads.night
    left join loyalty_priors
        on
            looked_at.entity_id = loyalty_priors.entity_id
            and looked_at.night = loyalty_priors.night
    left join newness_priors
        on
            looked_at.entity_id = newness_priors.entity_id
            and looked_at.night = newness_priors.night
    left join profiles
        on
            looked_at.seller_id = profiles.seller_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_seller_demand
