-- Grain: one row per alert, that is per episode of a detection on an entity, as its
-- first night judged it, or the later one on which it became graver (escalated_on).
-- What other nights added is in last_fired_on and fire_nights.
with fires as (
    select * from {{ ref('int_detection_fires') }}
),

episodes as (
    select
        detection_id,
        entity_type,
        entity_id,
        first_night,
        max(night) as last_fired_on,
        count(*) as fire_nights
    from {{ ref('int_alert_episodes') }}
    group by detection_id, entity_type, entity_id, first_night
),

detections as (
    select * from {{ ref('dim_detections') }}
),

stages as (
    select * from {{ ref('int_policy_stages') }}
),

severities as (
    select *
    from {{ ref('int_alert_severities') }}
    qualify row_number() over (partition by alert_id order by night desc) = 1
),

exceptions as (
    select * from {{ ref('int_alert_exceptions') }}
),

members as (
    select * from {{ ref('int_cluster_periods') }}
),

fct_alerts as (
    select
        severities.alert_id,
        fires.detection_id,
        fires.entity_type,
        fires.entity_id,
        -- an entity that is no party (a card, a session) is a cluster of its own
        coalesce(members.cluster_id, case
            when fires.entity_type = 'cluster' then fires.entity_id
            else fires.entity_type || ':' || fires.entity_id
        end) as cluster_id,
        exceptions.exception_id,
        detections.scenario,
        fires.region,
        fires.business_line,
        severities.severity,
        severities.recommended_action,
        coalesce(stages.stage, 'draft') as stage,
        fires.reason_code,
        fires.evidence,
        stages.detection_version,
        fires.policy_version,
        episodes.fire_nights,
        fires.amount_at_stake_usd,
        coalesce(stages.stage = 'active', false) and exceptions.exception_id is null
            as is_queued,
        episodes.first_night as alerted_on,
        nullif(severities.night, episodes.first_night) as escalated_on,
        episodes.last_fired_on,
        fires.first_event_at,
        fires.last_event_at
    from episodes
    inner join severities
        on
            episodes.detection_id = severities.detection_id
            and episodes.entity_type = severities.entity_type
            and episodes.entity_id = severities.entity_id
            and episodes.first_night = severities.alerted_on
    inner join fires
        on
            severities.detection_id = fires.detection_id
            and severities.entity_type = fires.entity_type
            and severities.entity_id = fires.entity_id
            and severities.night = fires.night
    inner join detections on fires.detection_id = detections.detection_id
    left join stages
        on
            episodes.detection_id = stages.detection_id
            and episodes.first_night >= stages.valid_from
            and episodes.first_night < stages.valid_to
    left join exceptions
        on
            episodes.detection_id = exceptions.detection_id
            and episodes.entity_type = exceptions.entity_type
            and episodes.entity_id = exceptions.entity_id
            and episodes.first_night = exceptions.first_night
    left join members
        on
            episodes.entity_type = members.party_type
            and episodes.entity_id = members.party_id
            and episodes.first_night >= members.night
            and episodes.first_night < coalesce(members.until_night, date '9999-12-31')
)

select * from fct_alerts
