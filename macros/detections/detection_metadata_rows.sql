{#- The detections' metadata as rows, one per detection. -#}
{% macro detection_metadata_rows() -%}
    {%- for detection in metadata_of('detection') %}
    select
        '{{ detection.id }}' as detection_id,
        '{{ detection.name | replace("'", "''") }}' as detection_name,
        '{{ detection.scenario }}' as scenario,
        '{{ detection.entity }}' as entity_type,
        '{{ detection.owner }}' as owner,
        '{{ detection.model }}' as model_name,
        '{{ detection.summary | replace("'", "''") }}' as description,
        '{{ detection.label_rule | replace("'", "''") }}' as label_rule,
        '{{ detection.runbook | replace("'", "''") }}' as runbook,
        {{ detection.version }} as version,
        {{ detection.label_maturity_days }} as label_maturity_days,
        cast({{ detection.minimum_precision }} as decimal(5, 4)) as minimum_precision,
        cast({{ detection.expected_daily_alerts }} as decimal(12, 2)) as expected_daily_alerts,
        {{ detection.reversible }} as is_reversible,
        {{ detection.holdout_eligible }} as is_holdout_eligible
    {{ 'union all' if not loop.last }}
    {%- else %}
    select
        null::varchar as detection_id, null::varchar as detection_name, null::varchar as scenario,
        null::varchar as entity_type, null::varchar as owner, null::varchar as model_name,
        null::varchar as description, null::varchar as label_rule, null::varchar as runbook,
        null::integer as version, null::integer as label_maturity_days,
        null::decimal(5, 4) as minimum_precision, null::decimal(12, 2) as expected_daily_alerts,
        null::boolean as is_reversible, null::boolean as is_holdout_eligible
    where false
    {%- endfor %}
{%- endmacro %}
