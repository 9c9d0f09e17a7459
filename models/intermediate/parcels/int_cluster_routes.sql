-- Grain: one row per buyer cluster and baseline night: how often parcels of other
-- buyers fail to arrive on the routes to it.
with parcels as (
    select * from {{ ref('int_route_parcels') }}
    where {{ in_range('night') }}
),

baselines as (
    select * from {{ ref('int_peer_baselines') }}
    where
        {{ in_range('night') }}
        and entity_type = 'route'
        and measure = 'non_delivery'
        and peer_group = 'all'
),

with_others as (
    select
        *,
        sum(parcels) over (
            partition by split_part(route, '|', 3), night
        ) as region_parcels,
        sum(undelivered_parcels) over (
            partition by split_part(route, '|', 3), night
        ) as region_undelivered,
        sum(parcels) over (partition by route, night) - parcels as others_parcels,
        sum(undelivered_parcels) over (partition by route, night)
        - undelivered_parcels as others_undelivered
    from parcels
),

rated as (
    select
        with_others.*,
        {{ eb_rate(
            'with_others.region_undelivered',
            'with_others.region_parcels',
            'baselines.mean_rate * baselines.prior_trials',
            '(1 - baselines.mean_rate) * baselines.prior_trials'
        ) }} as region_rate,
        {{ eb_rate(
            'with_others.others_undelivered',
            'with_others.others_parcels',
            'baselines.mean_rate * baselines.prior_trials',
            '(1 - baselines.mean_rate) * baselines.prior_trials'
        ) }} as route_rate
    from with_others
    inner join baselines on with_others.night = baselines.night
),

int_cluster_routes as (
    select
        cluster_id,
        cast(sum(parcels) as bigint) as parcels,
        cast(sum(parcels * route_rate) / sum(parcels) as decimal(12, 6)) as route_rate,
        cast(sum(parcels * region_rate) / sum(parcels) as decimal(12, 6)) as usual_rate,
        night
    from rated
    group by cluster_id, night
)

select * from int_cluster_routes
