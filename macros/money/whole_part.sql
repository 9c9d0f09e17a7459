{#- Whole part of numerator / denominator for integers >= 0, exact at any size; null when the denominator is 0. -#}
{% macro whole_part(numerator, denominator) -%}
    (cast({{ numerator }} as hugeint) // nullif({{ denominator }}, 0))
{%- endmacro %}
