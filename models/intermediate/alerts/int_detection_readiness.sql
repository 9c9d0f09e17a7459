{{ config(materialized="view") }}

-- Grain: one row per detection and night. Whether what it needs was delivered.
with readiness as (
    select * from {{ ref('int_input_readiness') }}
),

int_detection_readiness as (
    select
        consumer_id as detection_id,
        missing_input,
        is_ready,
        night
    from readiness
    where consumer_kind = 'detection'
)

select * from int_detection_readiness
