-- Grain: one row per detection. The catalogue, built from the metadata beside each
-- detection's code, so that the two cannot drift apart.
with metadata as (
    {{ detection_metadata_rows() }}
),

stages as (
    select
        *,
        greatest(effective_from, approved_on) as applies_from
    from {{ ref('policy_stages') }}
),

last_night as (
    select max(night) as night from {{ ref('stg_landing_deliveries') }}
),

current_stages as (
    select
        stages.detection_id,
        stages.stage,
        stages.applies_from as stage_since
    from stages
    cross join last_night
    where stages.applies_from <= last_night.night
    qualify
        row_number() over (
            partition by stages.detection_id
            order by stages.applies_from desc, stages.detection_version desc
        ) = 1
),

dim_detections as (
    select
        metadata.detection_id,
        metadata.detection_name,
        metadata.scenario,
        metadata.entity_type,
        metadata.owner,
        metadata.model_name,
        metadata.description,
        coalesce(current_stages.stage, 'draft') as stage,
        metadata.label_rule,
        metadata.runbook,
        metadata.version as detection_version,
        metadata.label_maturity_days,
        metadata.minimum_precision,
        metadata.expected_daily_alerts,
        metadata.is_reversible,
        metadata.is_holdout_eligible,
        current_stages.stage_since
    from metadata
    left join current_stages on metadata.detection_id = current_stages.detection_id
)

select * from dim_detections
