{#- The first 200 of a list by id, in order and without nulls: what an alert shows of things there may be thousands of. -#}
{% macro capped(objects) -%}
    list_slice(list_sort(list_filter({{ objects }}, lambda object: object is not null)), 1, 200)
{%- endmacro %}
