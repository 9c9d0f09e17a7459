{#- True for rows whose `key` is on a row of `relation`. -#}
{% macro is_in(key, relation) -%}
    {{ key }} in (select wanted_rows.{{ key }} from {{ relation }} as wanted_rows)
{%- endmacro %}
