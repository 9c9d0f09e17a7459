{#- A night as a DATE literal. -#}
{% macro night_literal(night) -%}
    {{ return("date '" ~ night ~ "'") }}
{%- endmacro %}
