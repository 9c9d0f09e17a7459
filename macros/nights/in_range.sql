{#- The run's nights as literals, so that partitions and zone maps prune: `{{ in_range('night') }}`. -#}
{% macro in_range(column='night') -%}
    {{ column }} between {{ from_night() }} and {{ to_night() }}
{%- endmacro %}
