-- What a detection lacks on the first night on which its present version may fire, and a
-- common cause on its first.
with stages as (
    select
        *,
        greatest(effective_from, approved_on) as applies_from
    from policy_stages
),

last_line as (
    select coalesce(max(line), 1) as line from policy_stages
),

present as (
    select
        stages.*,
        row_number() over (
            partition by stages.detection_id order by stages.applies_from, stages.line
        ) as place
    from stages
    inner join detections
        on stages.detection_id = detections.detection_id
        and stages.detection_version = detections.version
),

starts as (
    select
        present.detection_id,
        min(present.applies_from) as first_night,
        min_by(present.line, present.place) as line
    from present
    inner join running_stages on present.stage = running_stages.stage
    group by present.detection_id
    union all
    -- a common cause has no stage: it holds from its first row on
    select
        policy_parameters.detection_id,
        min(greatest(policy_parameters.effective_from, policy_parameters.approved_on)),
        min_by(policy_parameters.line, policy_parameters.line)
    from policy_parameters
    inner join causes on policy_parameters.detection_id = causes.detection_id
    group by policy_parameters.detection_id
),

needed as (
    select detection_id, parameter, 'seeds/policy/policy_parameters.csv' as file
    from parameters
    union all
    select detection_id, 'severity and action', 'seeds/policy/policy_actions.csv'
    from detections
),

everywhere as (
    select
        detection_id,
        parameter,
        greatest(effective_from, approved_on) as applies_from,
        line
    from policy_parameters
    where region = 'all' and business_line = 'all'
    union all
    select
        detection_id,
        'severity and action',
        greatest(effective_from, approved_on),
        line
    from policy_actions
    where region = 'all' and business_line = 'all'
),

earliest as (
    select
        detection_id,
        parameter,
        min(applies_from) as applies_from,
        min_by(line, (applies_from, line)) as line
    from everywhere
    group by detection_id, parameter
)

select
    case
        when earliest.line is null and starts.detection_id not in (
            select causes.detection_id from causes
        ) then 'seeds/policy/policy_stages.csv'
        else needed.file
    end as file,
    coalesce(earliest.line, starts.line) as line,
    needed.detection_id || ' runs from ' || starts.first_night || ', but ' || needed.parameter
    || ' for all regions and business lines '
    || coalesce('applies from ' || earliest.applies_from || ' only', 'has no row')
    || ': append a row to ' || needed.file || ' that applies from ' || starts.first_night
    || ', or start it later (line ' || starts.line || ')' as text
from needed
inner join starts on needed.detection_id = starts.detection_id
left join earliest
    on needed.detection_id = earliest.detection_id
    and needed.parameter = earliest.parameter
where coalesce(earliest.applies_from > starts.first_night, true)

union all

select
    'seeds/policy/policy_stages.csv',
    last_line.line,
    detections.detection_id || ' has no row for version ' || detections.version || ', which '
    || detections.yml || ' says: append its stage'
from detections
cross join last_line
where detections.detection_id not in (select present.detection_id from present)

union all

select
    columns.file,
    1,
    'severity ' || severity || ' has no row: append how many minutes its review takes'
from columns
cross join unnest(columns.accepted) as severities (severity)
where
    columns.file = 'seeds/policy/policy_review_minutes.csv'
    and columns.name = 'severity'
    and severity not in (select policy_review_minutes.severity from policy_review_minutes)
