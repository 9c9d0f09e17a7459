{#- The landing contract: the dbt source `landing`, table by table in the order of their names. -#}
{% macro contract_tables() -%}
    {%- set tables = [] -%}
    {%- for source in graph.sources.values() if source.source_name == 'landing' -%}
        {%- do tables.append(source) -%}
    {%- endfor -%}
    {{ return(tables | sort(attribute='name')) }}
{%- endmacro %}
