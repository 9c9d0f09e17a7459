{#-
    Robust z score of a value against a median and the median absolute deviation; where that is 0, against the mean
    absolute deviation. Rounded once to six digits; null when nothing varied. (Iglewicz and Hoaglin)
-#}
{% macro robust_z(value, median, median_deviation, mean_deviation) -%}
    round(
        case
            when {{ median_deviation }} > 0
                then 0.6745 * ({{ value }} - {{ median }}) / {{ median_deviation }}
            when {{ mean_deviation }} > 0
                then ({{ value }} - {{ median }}) / (1.253314 * {{ mean_deviation }})
        end,
        6
    )
{%- endmacro %}
