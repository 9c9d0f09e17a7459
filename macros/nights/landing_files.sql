{#-
    The files to lay views over, as {table: [path, ...]}: those of the run's nights; all nights up to the last one
    when a staging table does not exist yet and has to catch up. Of the tables in `whole`, always all nights up to it.
-#}
{% macro landing_files(root, whole=[]) -%}
    {%- set range = run_range() -%}
    {%- set lower = range.first_night if staging_is_incomplete() else var('from_night', range.from_night) -%}
    {%- set upper = var('to_night', range.to_night) -%}
    {%- set names = "'" ~ (whole or ['']) | join("', '") ~ "'" -%}
    {%- set rows = run_query("
        select table_name, string_agg('" ~ root ~ "/' || file_name, '\n' order by night, file_name)
        from (
            select night, table_name, unnest(files) as file_name
            from landing.closed_nights
            where night between date '" ~ lower ~ "' and date '" ~ upper ~ "'
                or (night < date '" ~ lower ~ "' and table_name in (" ~ names ~ "))
        )
        group by table_name
    ") -%}
    {%- set files = {} -%}
    {%- for row in rows.rows -%}
        {%- do files.update({row[0]: row[1].split('\n')}) -%}
    {%- endfor -%}
    {{ return(files) }}
{%- endmacro %}
