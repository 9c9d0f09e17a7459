{#-
    The parameters of one detection as columns: one row per policy version and scope, with valid_from and valid_to
    (exclusive). Join it with `policy_applies`. A parameter nobody approved yet is null, and then nothing fires.
-#}
{% macro policy_in_force(detection_id, parameters) -%}
    select
        region,
        business_line,
        named_regions,
        named_business_lines,
        policy_version,
        {%- for parameter in parameters %}
        max(value) filter (where parameter = '{{ parameter }}') as {{ parameter }},
        {%- endfor %}
        valid_from,
        valid_to
    from {{ ref('int_policy_parameters') }}
    where detection_id = '{{ detection_id }}'
    group by all
{%- endmacro %}
