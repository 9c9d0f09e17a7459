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

placed as (
    {{ peer_levels('members') }}
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

used as (
    {{ peer_answers('placed', 'spreads', speaks='mean_deviation > 0') }}
),

int_peer_spreads as (
    select
        entity_type,
        measure,
        peer_group,
        level_group as group_used,
        pg_level as pg_level_used,
        entities,
        median_rate,
        median_deviation,
        mean_deviation,
        night
    from used
)

select * from int_peer_spreads
