-- Queued alerts of a detection that was not active on the alert's first night, or of an
-- entity that an exception covers.
with alerts as (
    select * from {{ ref('fct_alerts') }}
    where is_queued
),

stages as (
    select * from {{ ref('int_policy_stages') }}
)

select
    alerts.alert_id,
    alerts.detection_id,
    alerts.alerted_on,
    alerts.exception_id,
    stages.stage
from alerts
left join stages
    on
        alerts.detection_id = stages.detection_id
        and alerts.alerted_on >= stages.valid_from
        and alerts.alerted_on < stages.valid_to
where
    coalesce(stages.stage, 'draft') != 'active'
    or alerts.exception_id is not null
