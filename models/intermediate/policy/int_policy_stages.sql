{{ config(materialized="table") }}

-- Grain: one row per detection and start date. The stage and the version of each
-- detection between two nights.
with stages as (
    select
        detection_id,
        detection_version,
        stage,
        greatest(effective_from, approved_on) as valid_from
    from {{ ref('policy_stages') }}
),

int_policy_stages as (
    select
        detection_id,
        stage,
        detection_version,
        valid_from,
        lead(valid_from, 1, date '9999-12-31') over (
            partition by detection_id order by valid_from, detection_version
        ) as valid_to
    from stages
)

select * from int_policy_stages
