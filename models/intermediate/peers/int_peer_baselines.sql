-- Grain: one row per entity type, measure, peer group and baseline night, and one for
-- everybody ('all'): the prior a small entity's rate is shrunk with. A group of fewer
-- than 30, or whose entities do not differ, uses the group above it: without volume,
-- without tenure, without region, everybody. Fewer than 30 in all: no row, nothing can
-- be compared.
with members as (
    select * from {{ ref('int_peer_members') }}
    where {{ in_range('night') }} and trials > 0
),

placed as (
    {{ peer_levels('members') }}
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

used as (
    {{ peer_answers('placed', 'spreads', speaks='variance > 1e-9') }}
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
