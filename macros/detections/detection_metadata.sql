{#- The metadata (`config.meta.detection`) of every detection, in the order of the ids. -#}
{% macro detection_metadata() -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values()
            if node.resource_type == 'model' and node.config.get('meta', {}).get('detection') -%}
            {%- do found.append(dict(node.config.meta.detection, model=node.name)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found | sort(attribute='id')) }}
{%- endmacro %}
