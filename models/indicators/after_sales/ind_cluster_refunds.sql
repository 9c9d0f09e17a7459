-- Grain: one row per buyer cluster and night on which an order of it was fulfilled,
-- refunded or left a window: its refunds beside those of its peers, and how parcels
-- fare on its routes.
with rolled as (
    {{ rolling_sums(ref('int_cluster_orders_daily'), 'cluster_id', {
        180: ['fulfilled_orders', 'refunded_orders', 'unpriced_orders', 'refunded_usd'],
        30: ['refundable_usd'],
    }) }}
),

looked_at as (
    select
        'cluster' as entity_type,
        cluster_id as entity_id,
        * exclude (cluster_id)
    from rolled
),

priors as (
    {{ peer_priors('looked_at', 'refunded_orders') }}
),

wanted as (
    select entity_id as cluster_id from looked_at
),

profiles as (
    {{ periods(ref('int_cluster_profiles'), 'cluster_id', within='wanted') }}
),

routes as (
    select * from {{ ref('int_cluster_routes') }}
    where night <= {{ to_night() }}
),

ind_cluster_refunds as (
    select
        looked_at.entity_type,
        looked_at.entity_id,
        profiles.region,
        cast(null as varchar) as business_line,
        priors.peer_group,
        priors.group_used,
        case
            when profiles.cluster_id is null then 'no_account'
            when priors.entity_id is null then 'no_baseline'
            when looked_at.unpriced_orders_180d > 0 then 'no_fx'
        end as missing_input,
        cast(looked_at.night - profiles.opened_on as integer) as history_days,
        priors.pg_level_used,
        looked_at.fulfilled_orders_180d,
        looked_at.refunded_orders_180d,
        looked_at.refunded_usd_180d,
        looked_at.refundable_usd_30d,
        {{ eb_rate(
            'looked_at.refunded_orders_180d', 'looked_at.fulfilled_orders_180d',
            'priors.alpha', 'priors.beta'
        ) }} as refund_rate,
        {{ eb_lower(
            'looked_at.refunded_orders_180d', 'looked_at.fulfilled_orders_180d',
            'priors.alpha', 'priors.beta'
        ) }} as refund_rate_low,
        priors.peer_rate as peer_refund_rate,
        routes.route_rate as route_non_delivery_rate,
        routes.usual_rate as usual_non_delivery_rate,
        looked_at.night
    from looked_at
    left join priors
        on looked_at.entity_id = priors.entity_id and looked_at.night = priors.night
    left join profiles
        on
            looked_at.entity_id = profiles.cluster_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
    left join routes
        on
            looked_at.entity_id = routes.cluster_id
            and {{ baseline_night_before('looked_at.night') }} = routes.night
)

select * from ind_cluster_refunds
