{{ config(materialized="view") }}

-- Grain: one row per disposition that closes an alert: it names the detection and the
-- entity, or the alert itself.
with dispositions as (
    select * from {{ ref('stg_case_dispositions') }}
),

fires as (
    select * from {{ ref('int_detection_fires') }}
),

by_entity as (
    select
        detection_id,
        target_type as entity_type,
        target_id as entity_id,
        night
    from dispositions
    where detection_id is not null and alert_id is null
),

by_alert as (
    select
        fires.detection_id,
        fires.entity_type,
        fires.entity_id,
        dispositions.night
    from dispositions
    inner join fires
        on
            dispositions.alert_id = {{ alert_id('fires', 'night') }}
            and dispositions.night >= fires.night
),

int_alert_closures as (
    select distinct * from by_entity
    union
    select distinct * from by_alert
)

select * from int_alert_closures
