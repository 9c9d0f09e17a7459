{#- True for rows whose `key` is on a row of `relation` that arrived in the run's nights. -#}
{% macro touched(key, relation) -%}
    {{ key }} in (
        select arrived_rows.{{ key }}
        from {{ relation }} as arrived_rows
        where {{ in_range('arrived_rows.night') }}
    )
{%- endmacro %}
