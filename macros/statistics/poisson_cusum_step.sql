{#-
    What one day adds to an upper CUSUM of counts: the log likelihood of `count` events under a mean that is
    2 * `slack` standard deviations higher than `mean`, against `mean`, divided by 2 * `slack` (Lucas 1985). For many
    events a day this is the textbook step (count - mean) / sd - slack. For few it is not: rare counts are skewed, and
    the textbook step then crosses its limit far more often than the limit promises. Rounded once to six digits, so
    that sums of steps are exact in any order.
-#}
{% macro poisson_cusum_step(count, mean, slack) -%}
    cast(
        {{ count }} * ln(1 + 2 * {{ slack }} / sqrt({{ mean }})) / (2 * {{ slack }})
        - sqrt({{ mean }}) as decimal(18, 6)
    )
{%- endmacro %}
