-- Grain: one row per buyer cluster that claims an order never arrived and night on
-- which its windows changed: how many such claims stand against proof of delivery, and
-- its share of such claims beside that of other buyers on its routes.
with days as (
    select * from {{ ref('int_cluster_denials_daily') }}
    where night <= {{ to_night() }}
    union all by name
    select
        cluster_id,
        event_date,
        fulfilled_orders,
        night
    from {{ ref('int_cluster_orders_daily') }}
    where
        night <= {{ to_night() }}
        and cluster_id in (
            select claims.cluster_id
            from {{ ref('int_cluster_denials_daily') }} as claims
            where claims.night <= {{ to_night() }}
        )
),

rolled as (
    {{ rolling_sums('days', 'cluster_id', {180: [
        'nonreceipt_orders', 'denied_orders', 'unpriced_claims', 'fulfilled_orders',
        'denied_usd'
    ]}) }}
),

looked_at as (
    select
        'cluster' as entity_type,
        cluster_id as entity_id,
        * exclude (cluster_id, fulfilled_orders_180d),
        greatest(fulfilled_orders_180d, nonreceipt_orders_180d)
            as fulfilled_orders_180d
    from rolled
    where nonreceipt_orders_180d > 0
),

priors as (
    {{ peer_priors('looked_at', 'nonreceipt_orders') }}
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

ind_cluster_denials as (
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
            when looked_at.unpriced_claims_180d > 0 then 'no_fx'
        end as missing_input,
        cast(looked_at.night - profiles.opened_on as integer) as history_days,
        priors.pg_level_used,
        looked_at.fulfilled_orders_180d,
        looked_at.nonreceipt_orders_180d,
        looked_at.denied_orders_180d,
        looked_at.denied_usd_180d,
        {{ eb_lower(
            'looked_at.nonreceipt_orders_180d', 'looked_at.fulfilled_orders_180d',
            'priors.alpha', 'priors.beta'
        ) }} as nonreceipt_rate_low,
        priors.peer_rate as peer_nonreceipt_rate,
        routes.route_rate as route_non_delivery_rate,
        -- where no parcel of others went, its peers stand for its routes
        cast(
            {{ eb_lower(
                'looked_at.nonreceipt_orders_180d', 'looked_at.fulfilled_orders_180d',
                'priors.alpha', 'priors.beta'
            ) }}
            / nullif(coalesce(routes.route_rate, priors.peer_rate), 0)
            as decimal(18, 4)
        ) as nonreceipt_lift,
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

select * from ind_cluster_denials
