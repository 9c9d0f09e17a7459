{#-
    What each detection needs from landing, from its metadata (`required_inputs: {table: [column, ...]}`): one row per
    detection, table and column; the table alone has a null column.
-#}
{% macro detection_requirements() -%}
    {%- set rows = [] -%}
    {%- for detection in detection_metadata() -%}
        {%- for table, columns in detection.required_inputs.items() -%}
            {%- do rows.append("('" ~ detection.id ~ "', '" ~ table ~ "', null)") -%}
            {%- for column in columns -%}
                {%- do rows.append("('" ~ detection.id ~ "', '" ~ table ~ "', '" ~ column ~ "')") -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    select *
    from (
        values
        {{ rows | join(',\n        ') if rows else "(null::varchar, null::varchar, null::varchar)" }}
    ) as requirement (detection_id, table_name, column_name)
    where detection_id is not null
{%- endmacro %}
