-- Grain: one row per buyer cluster with an inspected return in categories people wear
-- once and night on which its window changed: how many came late and used, beside its
-- peers.
with rolled as (
    {{ rolling_sums(ref('int_cluster_worn_daily'), 'cluster_id', {
        180: ['inspected_returns', 'worn_returns', 'unpriced_returns', 'worn_usd']
    }) }}
),

looked_at as (
    select
        'cluster' as entity_type,
        cluster_id as entity_id,
        * exclude (cluster_id)
    from rolled
    where inspected_returns_180d > 0
),

priors as (
    {{ peer_priors('looked_at', 'worn_returns') }}
),

wanted as (
    select entity_id as cluster_id from looked_at
),

profiles as (
    {{ periods(ref('int_cluster_profiles'), 'cluster_id', within='wanted') }}
),

ind_cluster_worn_returns as (
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
            when looked_at.unpriced_returns_180d > 0 then 'no_fx'
        end as missing_input,
        cast(looked_at.night - profiles.opened_on as integer) as history_days,
        priors.pg_level_used,
        looked_at.inspected_returns_180d,
        looked_at.worn_returns_180d,
        looked_at.worn_usd_180d,
        {{ eb_rate(
            'looked_at.worn_returns_180d', 'looked_at.inspected_returns_180d',
            'priors.alpha', 'priors.beta'
        ) }} as worn_rate,
        {{ eb_lower(
            'looked_at.worn_returns_180d', 'looked_at.inspected_returns_180d',
            'priors.alpha', 'priors.beta'
        ) }} as worn_rate_low,
        priors.peer_rate as peer_worn_rate,
        looked_at.night
    from looked_at
    left join priors
        on looked_at.entity_id = priors.entity_id and looked_at.night = priors.night
    left join profiles
        on
            looked_at.entity_id = profiles.cluster_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_cluster_worn_returns
