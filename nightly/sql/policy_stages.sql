-- Steps a detection's life cannot take.
with stages as (
    select
        *,
        greatest(effective_from, approved_on) as applies_from
    from policy_stages
),

steps as (
    select
        *,
        lag(stage) over in_order as stage_before,
        lag(detection_version) over in_order as version_before,
        lag(line) over in_order as line_before
    from stages
    window in_order as (partition by detection_id order by applies_from, line)
),

followers as (
    select stage, string_agg(next_stage, ' or ' order by next_stage) as next_stages
    from next_stages
    group by stage
),

known as (
    select unnest(['draft', 'shadow', 'active', 'retired']) as stage
)

select
    steps.file,
    steps.line,
    'version ' || steps.detection_version || ' of ' || steps.detection_id
    || ' does not exist: ' || detections.yml || ' says version ' || detections.version
    || ', raise it there or correct this row' as text
from steps
inner join detections on steps.detection_id = detections.detection_id
where steps.detection_version < 1 or steps.detection_version > detections.version

union all

select
    file,
    line,
    detection_id || ' goes back from version ' || version_before || ' (line ' || line_before
    || ') to ' || detection_version
    || ': versions only go up, give the older logic a new version'
from steps
where detection_version < version_before

union all

select
    file,
    line,
    detection_id || ' version ' || detection_version || ' starts as retired: start with '
    || 'draft, shadow or active'
from steps
where
    stage in (select known.stage from known)
    and stage not in (select first_stages.stage from first_stages)
    and (stage_before is null or detection_version > version_before)

union all

select
    steps.file,
    steps.line,
    steps.detection_id || ' version ' || steps.detection_version || ' goes from '
    || steps.stage_before || ' (line ' || steps.line_before || ') to ' || steps.stage || ': '
    || coalesce(
        'after ' || steps.stage_before || ' comes ' || followers.next_stages,
        'what is retired stays so, only a new version can start again'
    )
from steps
left join followers on steps.stage_before = followers.stage
where
    steps.stage in (select known.stage from known)
    and steps.stage_before in (select known.stage from known)
    and steps.detection_version = steps.version_before
    and (steps.stage_before, steps.stage) not in (
        select (next_stages.stage, next_stages.next_stage) from next_stages
    )
