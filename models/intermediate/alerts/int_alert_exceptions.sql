{{ config(materialized="view") }}

-- Grain: one row per detection, entity and first night of an episode that an exception
-- covered that night.
with episodes as (
    select distinct
        detection_id,
        entity_type,
        entity_id,
        first_night
    from {{ ref('int_alert_episodes') }}
),

exceptions as (
    select
        *,
        greatest(effective_from, approved_on) as valid_from,
        coalesce(effective_to, date '9999-12-31') as valid_until
    from {{ ref('policy_exceptions') }}
),

int_alert_exceptions as (
    select
        episodes.detection_id,
        episodes.entity_type,
        episodes.entity_id,
        episodes.first_night,
        min(exceptions.exception_id) as exception_id
    from episodes
    inner join exceptions
        on
            exceptions.detection_id in (episodes.detection_id, 'all')
            and episodes.entity_type = exceptions.entity_type
            and episodes.entity_id = exceptions.entity_id
            and episodes.first_night >= exceptions.valid_from
            and episodes.first_night <= exceptions.valid_until
    group by all
)

select * from int_alert_exceptions
