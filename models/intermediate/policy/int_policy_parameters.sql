{{ config(materialized="table") }}

-- Grain: one row per detection, policy version, scope and parameter. The number in force between two nights for
-- every scope the detection's policy names, the most specific row having won.
with parameters as (
    select
        *,
        greatest(effective_from, approved_on) as applies_from
    from {{ ref('policy_parameters') }}
),

versions as (
    select
        detection_id,
        applies_from as valid_from,
        row_number() over (partition by detection_id order by applies_from) as policy_version,
        lead(applies_from, 1, date '9999-12-31') over (
            partition by detection_id order by applies_from
        ) as valid_to
    from parameters
    group by detection_id, applies_from
),

-- scopes count per detection, so that a version never loses a scope an older one named
scopes as (
    select
        regions.detection_id,
        regions.region,
        lines.business_line
    from (
        select detection_id, region from parameters
        union
        select detection_id, 'all' from parameters
    ) as regions
    inner join (
        select detection_id, business_line from parameters
        union
        select detection_id, 'all' from parameters
    ) as lines
        on regions.detection_id = lines.detection_id
),

named as (
    select
        detection_id,
        list(distinct region order by region) as named_regions,
        list(distinct business_line order by business_line) as named_business_lines
    from scopes
    group by detection_id
),

int_policy_parameters as (
    select
        versions.detection_id,
        scopes.region,
        scopes.business_line,
        parameters.parameter,
        named.named_regions,
        named.named_business_lines,
        versions.policy_version,
        parameters.value,
        versions.valid_from,
        versions.valid_to
    from versions
    inner join scopes on versions.detection_id = scopes.detection_id
    inner join named on versions.detection_id = named.detection_id
    inner join parameters
        on
            versions.detection_id = parameters.detection_id
            and versions.valid_from >= parameters.applies_from
            and parameters.region in (scopes.region, 'all')
            and parameters.business_line in (scopes.business_line, 'all')
    qualify
        row_number() over (
            partition by
                versions.detection_id,
                versions.policy_version,
                scopes.region,
                scopes.business_line,
                parameters.parameter
            order by
                parameters.region != 'all' desc,
                parameters.business_line != 'all' desc,
                parameters.applies_from desc
        ) = 1
)

select * from int_policy_parameters
