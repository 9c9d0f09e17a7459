-- Grain: one row per entity type, measure, peer group and baseline night, and one for
-- everybody ('all'): the middle of the entities' rates and how far they lie from it. A
-- group of fewer than 30 with at least 5 trials each, or whose entities are all alike,
-- uses the group above it, up to everybody; fewer than 30 in all: no row.
with members as (
    select
        *,
        cast(cast(successes as double) / trials as decimal(12, 6)) as rate
    from {{ ref('int_peer_members') }}
    where {{ in_range('night') }} and trials >= 5
),

levelled as (
    select
        *,
        unnest([0, 1, 2, 3, 4]) as pg_level
    from members
),

placed as (
    select
        *,
        case pg_level
            when 0 then peer_group
            when 1 then concat_ws('|', category_l1, region, tenure_bucket)
            when 2 then concat_ws('|', category_l1, region)
            when 3 then category_l1
            else 'all'
        end as level_group
    from levelled
),

middles as (
    select
        *,
        cast(median(rate) over (
            partition by entity_type, measure, night, pg_level, level_group
        ) as decimal(12, 6)) as median_rate
    from placed
),

spreads as (
    select
        entity_type,
        measure,
        pg_level,
        level_group,
        night,
        count(*) as entities,
        min(median_rate) as median_rate,
        cast(median(abs(rate - median_rate)) as decimal(12, 6)) as median_deviation,
        cast(sum(abs(rate - median_rate)) / count(*) as decimal(12, 6))
            as mean_deviation
    from middles
    group by entity_type, measure, pg_level, level_group, night
    having count(*) >= 30
),

wanted as (
    select distinct entity_type, measure, peer_group, pg_level, level_group, night
    from placed
    union
    select distinct
        entity_type,
        measure,
        'all' as peer_group,
        4 as pg_level,
        'all' as level_group,
        night
    from placed
),

int_peer_spreads as (
    select
        wanted.entity_type,
        wanted.measure,
        wanted.peer_group,
        spreads.level_group as group_used,
        spreads.pg_level as pg_level_used,
        spreads.entities,
        spreads.median_rate,
        spreads.median_deviation,
        spreads.mean_deviation,
        wanted.night
    from wanted
    inner join spreads
        on
            wanted.entity_type = spreads.entity_type
            and wanted.measure = spreads.measure
            and wanted.pg_level = spreads.pg_level
            and wanted.level_group = spreads.level_group
            and wanted.night = spreads.night
    where spreads.mean_deviation > 0 or spreads.pg_level = 4
    qualify row_number() over (
            partition by
                wanted.entity_type, wanted.measure, wanted.peer_group, wanted.night
            order by spreads.pg_level
        ) = 1
)

select * from int_peer_spreads
