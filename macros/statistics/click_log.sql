{#- The log of clicks by views, one added to each, so that neither has to be there; rounded once to six digits. -#}
{% macro click_log(clicks, views) -%}
    cast(round(
        ln((cast({{ clicks }} as double) + 1) / ({{ views }} + 1)), 6
    ) as decimal(12, 6))
{%- endmacro %}
