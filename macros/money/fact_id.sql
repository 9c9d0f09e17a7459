{#- Names one money movement: table, row and what the row did. The same text wherever the movement is met. -#}
{% macro fact_id(source_table, source_id, fact) -%}
    '{{ source_table }}|' || {{ source_id }} || '|{{ fact }}'
{%- endmacro %}
