{#-
    Table landing.delivered_columns: which columns the files of the run's nights hold, one row per night, table and
    column. What a night did not deliver blinds the detections that need it.
-#}
{% macro record_deliveries(files) -%}
    {%- set paths = files.values() | sum(start=[]) -%}
    {%- set schema_rows -%}
        {%- if paths -%}
            select distinct
                cast(regexp_extract(file_name, '/dt=([0-9-]{10})/', 1) as date) as night,
                regexp_extract(file_name, '([^/]+)/dt=', 1) as table_name,
                name as column_name
            from parquet_schema({{ string_list(paths) }})
            where type is not null
        {%- else -%}
            select null::date as night, null::varchar as table_name, null::varchar as column_name
            where false
        {%- endif -%}
    {%- endset -%}
    {%- do run_query('create or replace table landing.delivered_columns as ' ~ schema_rows) -%}
{%- endmacro %}
