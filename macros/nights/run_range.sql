{#-
    The nights this run covers when no vars say so, as {first_night, from_night, to_night}. Written once per run by
    `create_landing_views`, read by every model, so that all models of a run agree.
-#}
{% macro run_range() -%}
    {%- set rows = run_query('select first_night, from_night, to_night from landing.run_range') -%}
    {{ return({
        'first_night': rows.rows[0][0], 'from_night': rows.rows[0][1], 'to_night': rows.rows[0][2]
    }) }}
{%- endmacro %}
