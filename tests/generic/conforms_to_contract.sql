{#-
    The landing contract still holds for what a staging model kept: required columns are filled and enums hold their
    values. One scan per model; returns each broken rule with the number of rows. Personal columns are left out: their
    hash is null where nothing was left after normalising.
-#}
{% test conforms_to_contract(model, table) %}
{%- set columns = [] -%}
{%- if execute -%}
    {%- set source = contract_tables() | selectattr('name', 'equalto', table) | first -%}
    {%- set columns = source.columns.values() | rejectattr('config.meta.pii', 'true') | list -%}
{%- endif %}
with judged as (
    select
        case
            {%- for column in columns if column.config.meta.get('required') %}
            when {{ column.name }} is null then 'required but missing: {{ column.name }}'
            {%- endfor %}
            {%- for column in columns if column.config.meta.get('enum') %}
            when {{ column.name }} not in ('{{ column.config.meta.get('enum') | join("', '") }}')
                then 'value not in the contract: {{ column.name }}'
            {%- endfor %}
            when false then ''
        end as broken_rule
    from {{ model }}
)
select
    broken_rule,
    count(*) as row_count
from judged
where broken_rule is not null
group by broken_rule
{% endtest %}
