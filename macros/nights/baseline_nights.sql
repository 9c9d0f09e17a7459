{#- The baseline nights of the run's range, one row each, in the column `night`. -#}
{% macro baseline_nights() -%}
    select cast(day as date) as night
    from generate_series({{ from_night() }}, {{ to_night() }}, interval 1 day) as calendar (day)
    where {{ is_baseline_night('cast(day as date)') }}
{%- endmacro %}
