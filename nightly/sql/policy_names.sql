-- Detections, parameters, regions, business lines and entity types nobody knows.
with detection_rows as (
    select file, line, detection_id, false as may_be_all from policy_parameters
    where detection_id not in (select causes.detection_id from causes)
    union all
    select file, line, detection_id, false from policy_actions
    union all
    select file, line, detection_id, false from policy_escalations
    union all
    select file, line, detection_id, false from policy_stages
    union all
    select file, line, detection_id, true from policy_exceptions
),

scoped_rows as (
    select file, line, region, business_line from policy_parameters
    union all
    select file, line, region, business_line from policy_actions
    union all
    select file, line, region, business_line from policy_escalations
),

-- an older version of a detection may have had parameters the present one does not have
version_starts as (
    select
        policy_stages.detection_id,
        min(greatest(policy_stages.effective_from, policy_stages.approved_on)) as starts_on
    from policy_stages
    inner join detections
        on policy_stages.detection_id = detections.detection_id
        and policy_stages.detection_version = detections.version
    where detections.version > 1
    group by policy_stages.detection_id
),

judges as (
    select detection_id from detections
    union all
    select detection_id from causes
),

-- the kinds of entity an exception may name
entities as (
    select distinct detection_id, entity_type from entity_types
    union
    select 'all', entity_type from entity_types
),

kinds as (
    select detection_id, string_agg(entity_type, ', ' order by entity_type) as entity_types
    from entities
    group by detection_id
)

select
    file,
    line,
    'detection ' || detection_id || ' is unknown: write the id that a model under '
    || 'models/detections has in its metadata' as text
from detection_rows
where
    detection_id not in (select detections.detection_id from detections)
    and not (may_be_all and detection_id = 'all')

union all

select
    rows.file,
    rows.line,
    'parameter ' || rows.parameter || ' is none of ' || rows.detection_id
    || ': it has ' || (
        select string_agg(parameters.parameter, ', ' order by parameters.parameter)
        from parameters
        where parameters.detection_id = rows.detection_id
    )
from policy_parameters as rows
inner join judges on rows.detection_id = judges.detection_id
left join version_starts on rows.detection_id = version_starts.detection_id
where
    (rows.detection_id, rows.parameter) not in (
        select (parameters.detection_id, parameters.parameter) from parameters
    )
    and coalesce(
        greatest(rows.effective_from, rows.approved_on) >= version_starts.starts_on, true
    )

union all

select
    file,
    line,
    'region ' || region || ' is unknown: write all or a region of '
    || 'seeds/reference/ref_regions.csv'
from scoped_rows
where region != 'all' and region not in (select regions.name from regions)

union all

select
    file,
    line,
    'business line ' || business_line || ' is unknown: write all or a line of '
    || 'seeds/reference/ref_business_lines.csv'
from scoped_rows
where
    business_line != 'all'
    and business_line not in (select business_lines.name from business_lines)

union all

select
    rows.file,
    rows.line,
    'entity type ' || rows.entity_type || ' is none that ' || rows.detection_id
    || ' fires on: write one of ' || kinds.entity_types
from policy_exceptions as rows
inner join kinds on rows.detection_id = kinds.detection_id
where
    (rows.detection_id, rows.entity_type) not in (
        select (entities.detection_id, entities.entity_type) from entities
    )

union all

select
    rows.file,
    rows.line,
    'reason code ' || rows.reason_code || ' is none of ' || rows.detection_id
    || ': it has ' || (
        select string_agg(reason_codes.reason_code, ', ' order by reason_codes.reason_code)
        from reason_codes
        where reason_codes.detection_id = rows.detection_id
    )
from policy_escalations as rows
where
    rows.detection_id in (select reason_codes.detection_id from reason_codes)
    and (rows.detection_id, rows.reason_code) not in (
        select (reason_codes.detection_id, reason_codes.reason_code) from reason_codes
    )
