{#-
    What detections or metrics need from landing, from the models' metadata (`config.meta.<kind>`: id and
    `required_inputs: {table: [column, ...]}`): one row per id, table and column; the table alone has a null column.
-#}
{% macro required_inputs(kind) -%}
    {%- set rows = [] -%}
    {%- for entry in metadata_of(kind) -%}
        {%- for table, columns in entry.required_inputs.items() -%}
            {%- do rows.append("('" ~ entry.id ~ "', '" ~ table ~ "', null)") -%}
            {%- for column in columns -%}
                {%- do rows.append("('" ~ entry.id ~ "', '" ~ table ~ "', '" ~ column ~ "')") -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    select
        '{{ kind }}' as consumer_kind,
        consumer_id,
        table_name,
        column_name
    from (
        values
        {{ rows | join(',\n        ') if rows else "(null::varchar, null::varchar, null::varchar)" }}
    ) as requirement (consumer_id, table_name, column_name)
    where consumer_id is not null
{%- endmacro %}
