{{ config(materialized="incremental", incremental_strategy="replace_nights") }}

-- Grain: one row per alert and object (order, payment, return, ...) behind it, on the
-- night it first appeared.
with fires as (
    select * from {{ ref('int_detection_fires') }}
),

episodes as (
    select * from {{ ref('int_alert_episodes') }}
),

touched as (
    select distinct
        detection_id,
        entity_type,
        entity_id
    from episodes
    where {{ in_range('night') }}
),

objects as (
    select
        {{ alert_id('episodes', 'first_night') }} as alert_id,
        episodes.night,
        unnest(fires.evidence_objects) as evidence_object
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
),

bridge_alert_evidence as (
    select
        alert_id,
        split_part(evidence_object, ':', 1) as object_type,
        substr(evidence_object, strpos(evidence_object, ':') + 1) as object_id,
        min(night) as night
    from objects
    group by alert_id, evidence_object
    having {{ in_range('min(night)') }}
)

select * from bridge_alert_evidence
