{#- A part of a whole as a decimal, divided once, from exact sums; null when either is unknown or the whole is 0. -#}
{% macro share_of(part, whole) -%}
    cast(round(
        cast({{ part }} as double) / nullif(cast({{ whole }} as double), 0), 6
    ) as decimal(18, 6))
{%- endmacro %}
