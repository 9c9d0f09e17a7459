-- Grain: one row per seller or listing with a claim of not described or counterfeit
-- goods among the items delivered in 60 days, and night on which that window changed:
-- how often beside its peers (SC06).
with rolled as (
    {{ rolling_sums(ref('int_snad_daily'), 'entity_key', {
        60: ['items', 'snad_items', 'unpriced_items'],
    }) }}
),

looked_at as (
    select
        split_part(entity_key, ':', 1) as entity_type,
        substr(entity_key, strpos(entity_key, ':') + 1) as entity_id,
        *
    from rolled
    where snad_items_60d > 0
),

owners as (
    select
        entity_key,
        min_by(seller_id, (night, event_date)) as seller_id
    from {{ ref('int_snad_daily') }}
    where night <= {{ to_night() }} and {{ is_in('entity_key', 'looked_at') }}
    group by entity_key
),

priors as (
    {{ peer_priors('looked_at', 'snad_items') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='owners') }}
),

int_snad_rates as (
    select
        looked_at.entity_key,
        looked_at.entity_type,
        looked_at.entity_id,
        owners.seller_id,
        profiles.region,
        profiles.business_line,
        priors.group_used,
        case
            when profiles.seller_id is null then 'no_account'
            when priors.entity_id is null then 'no_baseline'
            when looked_at.unpriced_items_60d > 0 then 'no_fx'
        end as missing_input,
        cast(looked_at.night - profiles.onboarded_on as integer) as history_days,
        looked_at.items_60d,
        looked_at.snad_items_60d,
        {{ eb_lower(
            'looked_at.snad_items_60d', 'looked_at.items_60d',
            'priors.alpha', 'priors.beta'
        ) }} as snad_rate_low,
        priors.peer_rate as peer_snad_rate,
        looked_at.night
    from looked_at
    inner join owners on looked_at.entity_key = owners.entity_key
    left join priors
        on
            looked_at.entity_type = priors.entity_type
            and looked_at.entity_id = priors.entity_id
            and looked_at.night = priors.night
    left join profiles
        on
            owners.seller_id = profiles.seller_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from int_snad_rates
