{#- A part of a whole in hundredths of a percent, divided once, from exact sums; null when either is unknown or the whole is 0. -#}
{% macro bps_of(part, whole) -%}
    cast(round(
        10000 * cast({{ part }} as double) / nullif(cast({{ whole }} as double), 0), 2
    ) as decimal(18, 2))
{%- endmacro %}
