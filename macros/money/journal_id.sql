{#- A journal is what one fact posts on one night. -#}
{% macro journal_id(fact_id, night) -%}
    md5({{ fact_id }} || '|' || cast({{ night }} as varchar))
{%- endmacro %}
