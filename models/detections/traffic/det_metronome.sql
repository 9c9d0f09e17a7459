-- Grain: one row per user and night that fired: an account that acts like clockwork,
-- round the clock.
with rhythm as (
    select * from {{ ref('ind_actor_rhythm') }}
    where {{ in_range('night') }} and missing_input is null
),

events as (
    select * from {{ ref('stg_engagement_events') }}
),

policy as (
    {{ policy_in_force('TRF-02', [
        'min_history_days', 'min_actions', 'max_gap_cv', 'min_modal_gap_share',
        'min_hour_entropy',
    ]) }}
),

-- the busiest window speaks for the night
fired as (
    select
        rhythm.*,
        policy.* exclude (policy.region, policy.business_line),
        case
            when rhythm.gap_cv < policy.max_gap_cv then 'steady_gaps'
            else 'repeated_gap'
        end as reason_code
    from rhythm
    inner join policy on {{ policy_applies('rhythm') }}
    where
        rhythm.history_days >= policy.min_history_days
        and rhythm.actions >= policy.min_actions
        and rhythm.hour_entropy >= policy.min_hour_entropy
        and (
            rhythm.gap_cv < policy.max_gap_cv
            or rhythm.modal_gap_share >= policy.min_modal_gap_share
        )
    qualify
        row_number() over (
            partition by rhythm.entity_id, rhythm.night
            order by rhythm.actions desc, rhythm.last_event_at desc
        ) = 1
),

-- the acts to discount are those of the user in the window; the creators are who gained
creators as (
    select
        fired.entity_id,
        fired.night,
        list_sort(list(distinct 'creator:' || events.creator_id)) as objects
    from fired
    inner join events
        on
            fired.entity_id = events.actor_user_id
            and fired.night >= events.night
            and fired.first_event_at <= events.occurred_at
            and fired.last_event_at >= events.occurred_at
    group by fired.entity_id, fired.night
),

-- no money is at stake: it is the metrics that have to be clean
judged as (
    select
        fired.*,
        creators.objects as evidence_objects,
        0 as amount_at_stake_usd
    from fired
    inner join creators
        on fired.entity_id = creators.entity_id and fired.night = creators.night
),

det_metronome as (
    {{ detection_fires('judged', 'TRF-02', evidence={
        'actions': 'min_actions', 'gap_cv': 'max_gap_cv',
        'modal_gap_share': 'min_modal_gap_share', 'hour_entropy': 'min_hour_entropy',
        'actions_7d': none,
    }) }}
)

select * from det_metronome
