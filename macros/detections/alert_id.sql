{#- Name of an alert: its detection, its entity and the first night of its episode. -#}
{% macro alert_id(fires, first_night) -%}
    md5(concat_ws(
        '|',
        {{ fires }}.detection_id,
        {{ fires }}.entity_type,
        {{ fires }}.entity_id,
        {{ fires }}.{{ first_night }}
    ))
{%- endmacro %}
