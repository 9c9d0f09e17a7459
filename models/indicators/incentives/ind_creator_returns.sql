-- Grain: one row per creator and night on which its window changed: how much of what it
-- sold came back, over items that became 30 days old in the last 60 days, beside its
-- peers and beside others who sell the same, and how much only after its commission was
-- settled.
with rolled as (
    {{ rolling_sums(ref('int_creator_returns_daily'), 'creator_id', {
        60: ['items', 'returned_items', 'late_returns'],
    }) }}
),

looked_at as (
    select
        'creator' as entity_type,
        creator_id as entity_id,
        *
    from rolled
),

priors as (
    {{ peer_priors('looked_at', 'returned_items') }}
),

profiles as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='looked_at') }}
),

products as (
    select * from {{ ref('int_creator_sku_returns') }}
    where night <= {{ to_night() }}
),

ind_creator_returns as (
    select
        looked_at.entity_type,
        looked_at.entity_id,
        profiles.region,
        cast(null as varchar) as business_line,
        priors.group_used,
        case
            when profiles.creator_id is null then 'no_account'
            when priors.entity_id is null then 'no_baseline'
        end as missing_input,
        cast(looked_at.night - profiles.onboarded_on as integer) as history_days,
        priors.pg_level_used,
        looked_at.items_60d,
        looked_at.returned_items_60d,
        looked_at.late_returns_60d,
        {{ eb_rate(
            'looked_at.returned_items_60d', 'looked_at.items_60d',
            'priors.alpha', 'priors.beta'
        ) }} as return_rate,
        {{ eb_lower(
            'looked_at.returned_items_60d', 'looked_at.items_60d',
            'priors.alpha', 'priors.beta'
        ) }} as return_rate_low,
        priors.peer_rate as peer_return_rate,
        cast(
            cast(looked_at.late_returns_60d as double)
            / nullif(looked_at.returned_items_60d, 0)
            as decimal(12, 6)
        ) as late_share,
        coalesce(products.other_items, 0) as other_items,
        cast(
            cast(products.other_returned_items as double) / products.other_items
            as decimal(12, 6)
        ) as other_return_rate,
        looked_at.night
    from looked_at
    left join priors
        on looked_at.entity_id = priors.entity_id and looked_at.night = priors.night
    left join profiles
        on
            looked_at.entity_id = profiles.creator_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
    left join products
        on
            looked_at.entity_id = products.creator_id
            and {{ baseline_night_before('looked_at.night') }} = products.night
)

select * from ind_creator_returns
