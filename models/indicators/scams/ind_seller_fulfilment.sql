-- Grain: one row per seller and night on which something about its labels or
-- undelivered orders arrived, fell due or left a window: labels no carrier ever
-- scanned, tracking numbers used twice, parcels delivered in another city.
with labels as (
    select * from {{ ref('int_seller_labels_daily') }}
    where night <= {{ to_night() }}
),

orders as (
    select * from {{ ref('int_seller_orders_daily') }}
    where night <= {{ to_night() }}
),

days as (
    select * from labels
    union all by name
    select * from orders
),

rolled as (
    {{ rolling_sums('days', 'seller_id', {
        28: [
            'labels', 'due_labels', 'unscanned_labels', 'delivered_labels',
            'elsewhere_labels', 'reused_labels', 'elsewhere_usd',
        ],
        60: ['unpriced_orders', 'undelivered_usd'],
    }) }}
),

looked_at as (
    select
        'seller' as entity_type,
        rolled.seller_id as entity_id,
        rolled.*
    from rolled
),

scan_priors as (
    {{ peer_priors('looked_at', 'unscanned_labels') }}
),

city_priors as (
    {{ peer_priors('looked_at', 'elsewhere_labels') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='looked_at') }}
),

ind_seller_fulfilment as (
    select
        looked_at.entity_type,
        looked_at.entity_id,
        profiles.region,
        profiles.business_line,
        scan_priors.group_used,
        case
            when profiles.seller_id is null then 'no_account'
            when scan_priors.entity_id is null then 'no_baseline'
            when looked_at.unpriced_orders_60d > 0 then 'no_fx'
        end as missing_input,
        cast(looked_at.night - profiles.onboarded_on as integer) as history_days,
        scan_priors.pg_level_used,
        looked_at.labels_28d,
        looked_at.due_labels_28d,
        looked_at.unscanned_labels_28d,
        looked_at.delivered_labels_28d,
        looked_at.elsewhere_labels_28d,
        looked_at.reused_labels_28d,
        {{ eb_lower(
            'looked_at.unscanned_labels_28d', 'looked_at.due_labels_28d',
            'scan_priors.alpha', 'scan_priors.beta'
        ) }} as unscanned_rate_low,
        scan_priors.peer_rate as peer_unscanned_rate,
        {{ eb_lower(
            'looked_at.elsewhere_labels_28d', 'looked_at.delivered_labels_28d',
            'city_priors.alpha', 'city_priors.beta'
        ) }} as elsewhere_rate_low,
        city_priors.peer_rate as peer_elsewhere_rate,
        cast(
            looked_at.undelivered_usd_60d + looked_at.elsewhere_usd_28d
            as decimal(18, 2)
        ) as undelivered_usd,
        looked_at.night
    from looked_at
    left join scan_priors
        on
            looked_at.entity_id = scan_priors.entity_id
            and looked_at.night = scan_priors.night
    left join city_priors
        on
            looked_at.entity_id = city_priors.entity_id
            and looked_at.night = city_priors.night
    left join profiles
        on
            looked_at.seller_id = profiles.seller_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_seller_fulfilment
