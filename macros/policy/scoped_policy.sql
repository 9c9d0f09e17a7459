{#-
    A scoped, dated policy seed as rows that are in force between two nights: one row per detection, policy version,
    scope and `item` (the column that tells a detection's rows apart; none: it has one row per scope). Of the rows
    that apply to a scope, the most specific wins: region and business line, then region, then business line, then
    all; the later of two equally specific ones. A row applies from the later of effective_from and approved_on.
    The scopes are those the detection's rows name; others fall under `all` (see policy_applies).
-#}
{% macro scoped_policy(seed, payload, item=none) -%}
    with policy_rows as (
        select
            *,
            greatest(effective_from, approved_on) as applies_from
        from {{ seed }}
    ),

    versions as (
        select
            detection_id,
            applies_from as valid_from,
            row_number() over (partition by detection_id order by applies_from) as policy_version,
            lead(applies_from, 1, date '9999-12-31') over (
                partition by detection_id order by applies_from
            ) as valid_to
        from policy_rows
        group by detection_id, applies_from
    ),

    regions as (
        select detection_id, region from policy_rows
        union
        select detection_id, 'all' from policy_rows
    ),

    business_lines as (
        select detection_id, business_line from policy_rows
        union
        select detection_id, 'all' from policy_rows
    ),

    -- scopes count per detection, so that a version never loses a scope an older one named
    scopes as (
        select
            regions.detection_id,
            regions.region,
            business_lines.business_line
        from regions
        inner join business_lines on regions.detection_id = business_lines.detection_id
    ),

    named as (
        select
            detection_id,
            list(distinct region order by region) as named_regions,
            list(distinct business_line order by business_line) as named_business_lines
        from scopes
        group by detection_id
    )

    select
        versions.detection_id,
        scopes.region,
        scopes.business_line,
        {%- if item %}
        policy_rows.{{ item }},
        {%- endif %}
        {%- for column in payload %}
        policy_rows.{{ column }},
        {%- endfor %}
        named.named_regions,
        named.named_business_lines,
        versions.policy_version,
        versions.valid_from,
        versions.valid_to
    from versions
    inner join scopes on versions.detection_id = scopes.detection_id
    inner join named on versions.detection_id = named.detection_id
    inner join policy_rows
        on
            versions.detection_id = policy_rows.detection_id
            and versions.valid_from >= policy_rows.applies_from
            and policy_rows.region in (scopes.region, 'all')
            and policy_rows.business_line in (scopes.business_line, 'all')
    qualify
        row_number() over (
            partition by
                versions.detection_id,
                versions.policy_version,
                scopes.region,
                scopes.business_line
                {%- if item %},
                policy_rows.{{ item }}
                {%- endif %}
            order by
                policy_rows.region != 'all' desc,
                policy_rows.business_line != 'all' desc,
                policy_rows.applies_from desc,
                policy_rows.effective_from desc
        ) = 1
{%- endmacro %}
