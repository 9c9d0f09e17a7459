-- Grain: one row per seller and night on which something about its parcels or reviews
-- arrived or left a window: parcels too light for their goods, parcels faster than
-- their lane, orders to doors that several of its buyers share, praise on arrival.
with labels as (
    select * from {{ ref('int_seller_labels_daily') }}
    where night <= {{ to_night() }}
),

parcels as (
    select * from {{ ref('int_seller_parcels_daily') }}
    where night <= {{ to_night() }}
),

reviews as (
    select * from {{ ref('int_sku_reviews_daily') }}
    where night <= {{ to_night() }}
),

days as (
    select * from labels
    union all by name
    select * from parcels
    union all by name
    select * from reviews
),

rolled as (
    {{ rolling_sums('days', 'seller_id', {28: [
        'labels', 'weighed_parcels', 'light_parcels', 'timed_parcels', 'quick_parcels',
        'reviews', 'instant_reviews',
    ]}) }}
),

looked_at as (
    select
        'seller' as entity_type,
        rolled.seller_id as entity_id,
        rolled.*
    from rolled
),

weight_priors as (
    {{ peer_priors('looked_at', 'light_parcels') }}
),

praise_spreads as (
    {{ peer_spreads('looked_at', 'instant_reviews') }}
),

doors as (
    {{ periods(ref('int_seller_shared_doors'), 'seller_id', within='looked_at') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='looked_at') }}
),

ind_seller_logistics as (
    select
        looked_at.entity_type,
        looked_at.entity_id,
        profiles.region,
        profiles.business_line,
        weight_priors.group_used,
        case
            when profiles.seller_id is null then 'no_account'
            when praise_spreads.entity_id is null then 'no_baseline'
        end as missing_input,
        cast(looked_at.night - profiles.onboarded_on as integer) as history_days,
        looked_at.labels_28d,
        looked_at.weighed_parcels_28d,
        looked_at.light_parcels_28d,
        looked_at.timed_parcels_28d,
        looked_at.quick_parcels_28d,
        looked_at.reviews_28d,
        looked_at.instant_reviews_28d,
        coalesce(doors.orders_28d, 0) as orders_28d,
        coalesce(doors.shared_door_orders_28d, 0) as shared_door_orders_28d,
        doors.shared_door_order_ids,
        cast(
            cast(looked_at.quick_parcels_28d as double)
            / nullif(looked_at.timed_parcels_28d, 0) as decimal(9, 6)
        ) as quick_share,
        cast(
            cast(doors.shared_door_orders_28d as double)
            / nullif(doors.orders_28d, 0) as decimal(9, 6)
        ) as shared_door_share,
        {{ eb_lower(
            'looked_at.light_parcels_28d', 'looked_at.weighed_parcels_28d',
            'weight_priors.alpha', 'weight_priors.beta'
        ) }} as light_rate_low,
        weight_priors.peer_rate as peer_light_rate,
        case when looked_at.reviews_28d > 0 then {{ robust_z(
            'cast(looked_at.instant_reviews_28d as double) / looked_at.reviews_28d',
            'praise_spreads.median_rate', 'praise_spreads.median_deviation',
            'praise_spreads.mean_deviation'
        ) }} end as instant_praise_z,
        looked_at.night
    from looked_at
    left join weight_priors
        on
            looked_at.entity_id = weight_priors.entity_id
            and looked_at.night = weight_priors.night
    left join praise_spreads
        on
            looked_at.entity_id = praise_spreads.entity_id
            and looked_at.night = praise_spreads.night
    left join doors
        on
            looked_at.entity_id = doors.seller_id
            and looked_at.night >= doors.night
            and looked_at.night < coalesce(doors.until_night, date '9999-12-31')
    left join profiles
        on
            looked_at.entity_id = profiles.seller_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_seller_logistics
