-- Grain: one row per detection, entity and night that fired. Consecutive fires within
-- the detection's dedup window are one episode; a disposition ends it, and so does its
-- maximum length.
with fires as (
    select * from {{ ref('int_detection_fires') }}
    where night <= {{ to_night() }}
),

closures as (
    select * from {{ ref('int_alert_closures') }}
),

episode_policy as (
    select
        detection_id,
        max(value) filter (where parameter = 'dedup_window_days') as dedup_window_days,
        max(value) filter (where parameter = 'max_episode_days') as max_episode_days,
        valid_from,
        valid_to
    from {{ ref('int_policy_parameters') }}
    where region = 'all' and business_line = 'all'
    group by detection_id, valid_from, valid_to
),

-- an entity is looked at from its first fire on, or its episodes would be cut by the
-- range
touched as (
    select distinct
        detection_id,
        entity_type,
        entity_id
    from fires
    where {{ in_range('night') }}
),

looked_back as (
    select
        fires.detection_id,
        fires.entity_type,
        fires.entity_id,
        fires.night,
        episode_policy.dedup_window_days,
        episode_policy.max_episode_days,
        count(closures.night) as closures_before
    from fires
    inner join touched
        on
            fires.detection_id = touched.detection_id
            and fires.entity_type = touched.entity_type
            and fires.entity_id = touched.entity_id
    inner join episode_policy
        on
            fires.detection_id = episode_policy.detection_id
            and fires.night >= episode_policy.valid_from
            and fires.night < episode_policy.valid_to
    left join closures
        on
            fires.detection_id = closures.detection_id
            and fires.entity_type = closures.entity_type
            and fires.entity_id = closures.entity_id
            and fires.night > closures.night
    group by all
),

marked as (
    select
        *,
        night - lag(night) over fires_in_order > dedup_window_days
        or closures_before > lag(closures_before) over fires_in_order as is_break
    from looked_back
    window
        fires_in_order as (
            partition by detection_id, entity_type, entity_id
            order by night
        )
),

numbered as (
    select
        *,
        count(*) filter (where is_break) over (
            partition by detection_id, entity_type, entity_id order by night
        ) as run_number
    from marked
),

cut_to_length as (
    select
        *,
        floor(
            (night - min(night) over (
                partition by detection_id, entity_type, entity_id, run_number
            )) / max_episode_days
        ) as part_number
    from numbered
),

int_alert_episodes as (
    select
        detection_id,
        entity_type,
        entity_id,
        night,
        min(night) over (
            partition by detection_id, entity_type, entity_id, run_number, part_number
        ) as first_night
    from cut_to_length
    qualify {{ in_range('night') }}
)

select * from int_alert_episodes
