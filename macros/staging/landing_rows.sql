{#- The rows of a landing table that arrived in the run's nights and keep the contract. -#}
{% macro landing_rows(table) -%}
    select *
    from {{ source('landing', table) }}
    where quarantine_reason is null and {{ in_range('night') }}
{%- endmacro %}
