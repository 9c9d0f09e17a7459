{#- Last night of the run, as a date literal: var `to_night`, else the last closed night. -#}
{% macro to_night() -%}
    {%- if not execute -%}
        {{ return("date '1970-01-01'") }}
    {%- elif var('to_night', none) is not none -%}
        {{ return(night_literal(var('to_night'))) }}
    {%- else -%}
        {{ return(night_literal(run_range().to_night)) }}
    {%- endif -%}
{%- endmacro %}
