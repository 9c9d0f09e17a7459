-- Grain: one row per seller or listing with a delivery in the last 90 days and baseline
-- night: what makes its peer group, and how many of the items delivered in 60 days were
-- claimed as not described or counterfeit.
with baselines as (
    {{ baseline_nights() }}
),

days as (
    select * from {{ ref('int_snad_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 90
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='days') }}
),

records as (
    select
        days.entity_key,
        min(days.seller_id) as seller_id,
        min(days.category_l1) as category_l1,
        coalesce(sum(days.snad_items) filter (
            where days.event_date > baselines.night - 60
        ), 0) as successes,
        coalesce(sum(days.items) filter (
            where days.event_date > baselines.night - 60
        ), 0) as trials,
        coalesce(sum(days.items), 0) as orders_90d,
        baselines.night
    from baselines
    inner join days
        on
            baselines.night >= days.night
            and days.event_date > baselines.night - 90
            and baselines.night >= days.event_date
    group by days.entity_key, baselines.night
),

int_snad_peer_traits as (
    select
        split_part(records.entity_key, ':', 1) as entity_type,
        substr(records.entity_key, strpos(records.entity_key, ':') + 1) as entity_id,
        'snad_items' as measure,
        coalesce(records.category_l1, 'unknown') as category_l1,
        coalesce(profiles.region, 'unknown') as region,
        records.night - profiles.onboarded_on as tenure_days,
        cast(records.orders_90d as bigint) as orders_90d,
        cast(records.successes as bigint) as successes,
        cast(records.trials as bigint) as trials,
        records.night
    from records
    left join profiles
        on
            records.seller_id = profiles.seller_id
            and records.night >= profiles.night
            and records.night < coalesce(profiles.until_night, date '9999-12-31')
    where records.orders_90d > 0
)

select * from int_snad_peer_traits
