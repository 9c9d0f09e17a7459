-- Grain: one row per alert and night on which it became as grave as it is from then on:
-- its first night, and every later one that fired for a graver reason. An alert never
-- becomes less grave, and what a past night said of it stays.
with fires as (
    select * from {{ ref('int_detection_fires') }}
),

episodes as (
    select * from {{ ref('int_alert_episodes') }}
    where night <= {{ to_night() }}
),

actions as (
    select * from {{ ref('int_policy_actions') }}
),

escalations as (
    select * from {{ ref('int_policy_escalations') }}
),

touched as (
    select distinct
        detection_id,
        entity_type,
        entity_id
    from episodes
    where {{ in_range('night') }}
),

judged as (
    select
        {{ alert_id('episodes', 'first_night') }} as alert_id,
        fires.detection_id,
        fires.entity_type,
        fires.entity_id,
        coalesce(escalations.severity, actions.severity) as severity,
        coalesce(escalations.recommended_action, actions.recommended_action)
            as recommended_action,
        episodes.first_night as alerted_on,
        episodes.night
    from episodes
    inner join touched
        on
            episodes.detection_id = touched.detection_id
            and episodes.entity_type = touched.entity_type
            and episodes.entity_id = touched.entity_id
    inner join fires
        on
            episodes.detection_id = fires.detection_id
            and episodes.entity_type = fires.entity_type
            and episodes.entity_id = fires.entity_id
            and episodes.night = fires.night
    left join actions
        on
            fires.detection_id = actions.detection_id
            and {{ policy_applies('fires', 'actions') }}
    left join escalations
        on
            fires.detection_id = escalations.detection_id
            and fires.reason_code = escalations.reason_code
            and actions.severity >= escalations.severity
            and {{ policy_applies('fires', 'escalations') }}
),

int_alert_severities as (
    select *
    from judged
    qualify
        {{ in_range('night') }}
        and coalesce(severity < min(severity) over (
            partition by alert_id order by night
            rows between unbounded preceding and 1 preceding
        ), night = alerted_on)
)

select * from int_alert_severities
