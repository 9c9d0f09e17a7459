{#- True when a staging table is missing, or all are to be rebuilt: then the whole log has to be read again. -#}
{% macro staging_is_incomplete() -%}
    {%- if flags.FULL_REFRESH -%}{{ return(true) }}{%- endif -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.config.get('schema') == 'staging' -%}
        {%- if not adapter.get_relation(node.database, node.schema, node.name) -%}
            {{ return(true) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{%- endmacro %}
