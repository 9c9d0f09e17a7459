{{ config(materialized="view") }}

-- Grain: one row per detection and night. Whether it runs that night: its stage lets it
-- fire, and what it needs was delivered.
with readiness as (
    select * from {{ ref('int_input_readiness') }}
    where consumer_kind = 'detection'
),

stages as (
    select * from {{ ref('int_policy_stages') }}
),

staged as (
    select
        readiness.consumer_id as detection_id,
        readiness.missing_input,
        readiness.is_ready,
        readiness.night,
        coalesce(stages.stage, 'draft') as stage
    from readiness
    left join stages
        on
            readiness.consumer_id = stages.detection_id
            and readiness.night >= stages.valid_from
            and readiness.night < stages.valid_to
),

int_detection_readiness as (
    select
        detection_id,
        coalesce(
            missing_input,
            case when stage not in ('shadow', 'active') then 'not run: ' || stage end
        ) as missing_input,
        is_ready and stage in ('shadow', 'active') as is_ready,
        night
    from staged
)

select * from int_detection_readiness
