-- Grain: one row per entity, measure and baseline night: the prior of its peer group.
-- An entity that is more than a twentieth of its group is left out of the group's mean,
-- or it would be compared with itself.
with members as (
    select * from {{ ref('int_peer_members') }}
    where {{ in_range('night') }}
),

baselines as (
    select * from {{ ref('int_peer_baselines') }}
    where {{ in_range('night') }}
),

compared as (
    select
        members.entity_id,
        baselines.*,
        case
            when
                members.trials * 20 > baselines.trials
                and baselines.trials > members.trials
                then cast(
                        cast(baselines.successes - members.successes as double)
                        / (baselines.trials - members.trials)
                        as decimal(12, 6)
                    )
            else baselines.mean_rate
        end as peer_rate
    from members
    inner join baselines
        on
            members.entity_type = baselines.entity_type
            and members.measure = baselines.measure
            and members.peer_group = baselines.peer_group
            and members.night = baselines.night
),

newcomers as (
    select
        cast(null as varchar) as entity_id,
        *,
        mean_rate as peer_rate
    from baselines
    where peer_group = 'all'
),

everyone as (
    select * from compared
    union all by name
    select * from newcomers
),

int_peer_priors as (
    select
        entity_type,
        entity_id,
        measure,
        peer_group,
        group_used,
        pg_level_used,
        peer_rate,
        cast(peer_rate * prior_trials as decimal(12, 6)) as alpha,
        cast((1 - peer_rate) * prior_trials as decimal(12, 6)) as beta,
        night
    from everyone
)

select * from int_peer_priors
