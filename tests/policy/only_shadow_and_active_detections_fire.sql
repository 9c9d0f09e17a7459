-- Fires of a night on which the detection was a draft or retired.
with fires as (
    select * from {{ ref('int_detection_fires') }}
),

stages as (
    select * from {{ ref('int_policy_stages') }}
)

select
    fires.detection_id,
    fires.entity_id,
    fires.night,
    stages.stage
from fires
left join stages
    on
        fires.detection_id = stages.detection_id
        and fires.night >= stages.valid_from
        and fires.night < stages.valid_to
where coalesce(stages.stage, 'draft') not in ('shadow', 'active')
