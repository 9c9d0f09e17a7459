{#- The delivered nights of the run's range that end a month, one row each, in the column `night`. -#}
{% macro month_ends() -%}
    select distinct night
    from {{ ref('stg_landing_deliveries') }}
    where {{ in_range('night') }} and night = last_day(night)
{%- endmacro %}
