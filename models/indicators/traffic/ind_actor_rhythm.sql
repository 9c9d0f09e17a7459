-- Grain: one row per user, hour and night judged: how regular the 24 hours up to the
-- hour's last act are, and whether the week leaves room for sleep.
with windows as (
    select * from {{ ref('int_actor_gap_windows') }}
    where {{ in_range('night') }}
),

entropy as (
    select * from {{ ref('int_actor_hour_entropy') }}
    where {{ in_range('night') }}
),

users as (
    select * from {{ ref('stg_users') }}
),

actors as (
    select distinct
        actor_user_id,
        night
    from windows
),

actor_regions as (
    select
        actors.actor_user_id,
        actors.night,
        max_by(users.region, users.record_seq) as region
    from actors
    inner join users
        on actors.actor_user_id = users.user_id and actors.night >= users.night
    group by actors.actor_user_id, actors.night
),

-- from exact sums, so that the order of the gaps is no matter
gaps as (
    select
        *,
        cast(gap_ms_sum as double) / nullif(gaps, 0) as gap_mean,
        sqrt(greatest(
            cast(gap_ms_square_sum as double)
            - cast(gap_ms_sum as double) * cast(gap_ms_sum as double) / nullif(gaps, 0),
            0
        ) / nullif(gaps - 1, 0)) as gap_deviation
    from windows
),

ind_actor_rhythm as (
    select
        'user' as entity_type,
        gaps.actor_user_id as entity_id,
        actor_regions.region,
        cast(null as varchar) as business_line,
        cast(null as varchar) as missing_input,
        entropy.history_days,
        gaps.actions,
        entropy.actions_7d,
        cast(round(
            gaps.gap_deviation / nullif(gaps.gap_mean, 0), 6
        ) as decimal(18, 6)) as gap_cv,
        cast(
            gaps.modal_gaps / nullif(gaps.gaps, 0) as decimal(9, 6)
        ) as modal_gap_share,
        entropy.hour_entropy,
        gaps.night,
        gaps.hour_at,
        gaps.first_event_at,
        gaps.last_event_at
    from gaps
    inner join entropy
        on
            gaps.actor_user_id = entropy.actor_user_id
            and cast(gaps.hour_at as date) = entropy.event_date
            and gaps.night = entropy.night
    left join actor_regions
        on
            gaps.actor_user_id = actor_regions.actor_user_id
            and gaps.night = actor_regions.night
)

select * from ind_actor_rhythm
