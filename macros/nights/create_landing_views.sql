{#-
    on-run-start: lays views over the landing zone, one per contract table, from the files that the `_nights` files
    of the run's nights list and from nothing else (names_tables: of all nights so far). Also records the run's range
    and what was delivered.
-#}
{% macro create_landing_views() -%}
    {%- if execute and flags.WHICH in ['run', 'build', 'test'] -%}
        {%- set root = env_var('RISK_LANDING', 'data/landing') -%}
        {%- do check_vars() -%}
        {%- do run_query('create schema if not exists landing') -%}
        {%- do record_closed_nights(root) -%}
        {%- do record_run_range() -%}
        {%- do record_deliveries(landing_files(root)) -%}
        {%- set files = landing_files(root, whole=names_tables()) -%}
        {%- set present = landing_columns(files, names_tables()) -%}
        {%- for table in contract_tables() -%}
            {%- do run_query(landing_view_ddl(
                table, files.get(table.name, []), present.get(table.name, [])
            )) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
