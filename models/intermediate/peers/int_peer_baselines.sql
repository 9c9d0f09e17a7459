-- Grain: one row per entity type, measure, peer group and baseline night, and one for
-- everybody ('all'): the prior a small entity's rate is shrunk with. A group of fewer
-- than 30, or whose entities do not differ, uses the group above it: without volume,
-- without tenure, without region, everybody. Fewer than 30 in all: no row, nothing can
-- be compared.
with members as (
    select * from {{ ref('int_peer_members') }}
    where {{ in_range('night') }} and trials > 0
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

sums as (
    select
        entity_type,
        measure,
        pg_level,
        level_group,
        night,
        count(*) as entities,
        sum(successes) as successes,
        sum(trials) as trials,
        sum(cast(successes * successes / trials as decimal(28, 12)))
            as squares_by_trials,
        sum(trials * trials) as squared_trials
    from placed
    group by entity_type, measure, pg_level, level_group, night
),

spreads as (
    select
        *,
        cast(successes as double) / trials as mean,
        {{ eb_variance(
            'entities', 'successes', 'trials', 'squares_by_trials', 'squared_trials'
        ) }} as variance
    from sums
    where entities >= 30
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

used as (
    select
        wanted.peer_group,
        spreads.*
    from wanted
    inner join spreads
        on
            wanted.entity_type = spreads.entity_type
            and wanted.measure = spreads.measure
            and wanted.pg_level = spreads.pg_level
            and wanted.level_group = spreads.level_group
            and wanted.night = spreads.night
    where spreads.variance > 1e-9 or spreads.pg_level = 4
    qualify row_number() over (
            partition by
                wanted.entity_type, wanted.measure, wanted.peer_group, wanted.night
            order by spreads.pg_level
        ) = 1
),

int_peer_baselines as (
    select
        entity_type,
        measure,
        peer_group,
        level_group as group_used,
        pg_level as pg_level_used,
        entities,
        cast(successes as bigint) as successes,
        cast(trials as bigint) as trials,
        cast(mean as decimal(12, 6)) as mean_rate,
        {{ eb_strength('mean', 'coalesce(variance, 1e-9)') }} as prior_trials,
        night
    from used
)

select * from int_peer_baselines
