{#-
    A view over one landing table: contract types (an absent column reads as null), the arrival night, a hash of the
    row's content, and `quarantine_reason`: null for a row that keeps the contract, else the first rule it breaks.
-#}
{% macro landing_view_ddl(table, files, present) -%}
create or replace view landing.{{ table.name }} as
with delivered as (
    {%- if files %}
    select * from read_parquet(
        {{ string_list(files) }},
        union_by_name = true,
        hive_partitioning = true,
        hive_types = {'dt': date}
    )
    {%- else %}
    select null::date as dt where false
    {%- endif %}
),
typed as (
    select
        {%- for column in table.columns.values() %}
        {%- if files and column.name in present %}
        try_cast({{ column.name }} as {{ column.data_type }}) as {{ column.name }},
        {%- else %}
        null::{{ column.data_type }} as {{ column.name }},
        {%- endif %}
        {%- endfor %}
        dt as night,
        case
            {%- for column in table.columns.values() if files and column.name in present %}
            when {{ column.name }} is not null
                and try_cast({{ column.name }} as {{ column.data_type }}) is null
                then 'not a {{ column.data_type }}: {{ column.name }}'
            {%- endfor %}
            when false then ''
        end as cast_error
    from delivered
)
select
    {%- for column in table.columns.values() %}
    {{ column.name }},
    {%- endfor %}
    night,
    md5(to_json({
        {%- for column in table.columns.values() if column.name != 'ingested_at' %}
        '{{ column.name }}': {{ column.name }}{{ ',' if not loop.last }}
        {%- endfor %}
    })) as row_hash,
    coalesce(
        cast_error,
        case
            {%- for column in table.columns.values() if column.config.meta.get('required') %}
            when {{ column.name }} is null then 'required but missing: {{ column.name }}'
            {%- endfor %}
            {%- for column in table.columns.values() if column.config.meta.get('enum') %}
            when {{ column.name }} not in ('{{ column.config.meta.get('enum') | join("', '") }}')
                then 'value not in the contract: {{ column.name }}'
            {%- endfor %}
            when cast(ingested_at as date) <> night then 'arrived on another night: ingested_at'
        end
    ) as quarantine_reason
from typed
{%- endmacro %}
