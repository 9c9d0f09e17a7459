{#-
    First night of the run, as a date literal: var `from_night`, else the night after the last completed one.
    A table that does not exist yet (or is fully refreshed) starts at the first closed night, whatever was asked:
    a model never holds a hole in its past.
-#}
{% macro from_night() -%}
    {%- if not execute -%}
        {{ return("date '1970-01-01'") }}
    {%- elif model.resource_type == 'model' and not holds_past() -%}
        {{ return(night_literal(run_range().first_night)) }}
    {%- elif var('from_night', none) is not none -%}
        {{ return(night_literal(var('from_night'))) }}
    {%- else -%}
        {{ return(night_literal(run_range().from_night)) }}
    {%- endif -%}
{%- endmacro %}
