-- Grain: one row per creator, measure and baseline night, for creators with items that
-- became 30 days old in the last 90 days: what makes its peer group, and what came back
-- of the items of the last 60 days.
with baselines as (
    {{ baseline_nights() }}
),

items as (
    select * from {{ ref('int_creator_returns_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 90
),

profiles as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='items') }}
),

categories as (
    select
        items.creator_id,
        items.category_l1,
        baselines.night,
        sum(items.items) as items_90d,
        coalesce(sum(items.items) filter (
            where items.event_date > baselines.night - 60
        ), 0) as items,
        coalesce(sum(items.returned_items) filter (
            where items.event_date > baselines.night - 60
        ), 0) as returned_items
    from baselines
    inner join items
        on
            baselines.night >= items.night
            and items.event_date > baselines.night - 90
            and baselines.night >= items.event_date
    group by items.creator_id, items.category_l1, baselines.night
),

records as (
    select
        creator_id,
        night,
        first(category_l1 order by items_90d desc, category_l1 asc) as category_l1,
        sum(items_90d) as items_90d,
        sum(items) as items,
        sum(returned_items) as returned_items
    from categories
    group by creator_id, night
),

int_creator_peer_traits as (
    select
        'creator' as entity_type,
        records.creator_id as entity_id,
        'returned_items' as measure,
        records.category_l1,
        coalesce(profiles.region, 'unknown') as region,
        records.night - profiles.onboarded_on as tenure_days,
        cast(records.items_90d as bigint) as orders_90d,
        cast(records.returned_items as bigint) as successes,
        cast(records.items as bigint) as trials,
        records.night
    from records
    left join profiles
        on
            records.creator_id = profiles.creator_id
            and records.night >= profiles.night
            and records.night < coalesce(profiles.until_night, date '9999-12-31')
    where records.items_90d > 0
)

select * from int_creator_peer_traits
