{#- The metadata of every detection or metric (`config.meta.<kind>`), in the order of the ids. -#}
{% macro metadata_of(kind) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values()
            if node.resource_type == 'model' and node.config.get('meta', {}).get(kind) -%}
            {%- do found.append(dict(node.config.meta[kind], model=node.name)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found | sort(attribute='id')) }}
{%- endmacro %}
