{#- True for rows whose `key` is on a row of `relation` that arrived in the run's nights. -#}
{% macro touched(key, relation) -%}
    {{ key }} in (select {{ key }} from {{ relation }} where {{ in_range('night') }})
{%- endmacro %}
