{#-
    alpha + beta of the Beta prior with this mean and variance: mean (1 - mean) / variance - 1, kept between 5 and 5000
    trials. alpha = mean * strength, beta = (1 - mean) * strength. Rounded to 6 digits.
-#}
{% macro eb_strength(mean, variance) -%}
    cast(
        least(5000, greatest(5, {{ mean }} * (1 - {{ mean }}) / {{ variance }} - 1))
        as decimal(12, 6)
    )
{%- endmacro %}
