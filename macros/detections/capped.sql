{#- The first 200 of a list by id: what an alert shows of things there may be thousands of. -#}
{% macro capped(objects) -%}
    list_slice(list_sort({{ objects }}), 1, 200)
{%- endmacro %}
