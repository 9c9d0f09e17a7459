{#- The columns each table's files hold in the run's nights, as {table: [column, ...]}. -#}
{% macro landing_columns() -%}
    {%- set rows = run_query("
        select table_name, string_agg(distinct column_name, ',' order by column_name)
        from landing.delivered_columns
        group by table_name
    ") -%}
    {%- set columns = {} -%}
    {%- for row in rows.rows -%}
        {%- do columns.update({row[0]: row[1].split(',')}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
