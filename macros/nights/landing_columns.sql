{#-
    The columns each table's files hold in the run's nights, as {table: [column, ...]}; of the tables in `whole`, the
    columns of all their `files`.
-#}
{% macro landing_columns(files, whole) -%}
    {%- set rows = run_query("
        select table_name, string_agg(distinct column_name, ',' order by column_name)
        from landing.delivered_columns
        group by table_name
    ") -%}
    {%- set columns = {} -%}
    {%- for row in rows.rows -%}
        {%- do columns.update({row[0]: row[1].split(',')}) -%}
    {%- endfor -%}
    {%- for table in whole if files.get(table) -%}
        {%- set names = run_query(
            'select distinct name from parquet_schema(' ~ string_list(files[table]) ~ ') where type is not null'
        ) -%}
        {%- do columns.update({table: names.columns[0].values() | list}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
