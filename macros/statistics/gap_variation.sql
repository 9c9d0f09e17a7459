{#-
    Coefficient of variation of gaps (sample standard deviation by mean) from their number, sum and sum of squares, all
    exact; rounded to four digits, at most 999. Null for fewer than two gaps, or when all are nothing.
-#}
{% macro gap_variation(gaps, gap_sum, gap_square_sum) -%}
    case
        when {{ gaps }} > 1 and {{ gap_sum }} > 0
            then cast(round(least(
                sqrt(
                    greatest({{ gap_square_sum }} - {{ gap_sum }} * {{ gap_sum }} / {{ gaps }}, 0)
                    / ({{ gaps }} - 1)
                ) / ({{ gap_sum }} / {{ gaps }}),
                999
            ), 4) as decimal(8, 4))
    end
{%- endmacro %}
