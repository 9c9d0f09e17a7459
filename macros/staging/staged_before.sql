{#- The rows a staging model holds already. A macro of its own, so that unit tests can put rows in its place. -#}
{% macro staged_before() -%}
    {{ return(this) }}
{%- endmacro %}
