{#-
    Sum of a measure over the rows that meet a condition: 0 when there is no such row, null when one of them is unknown,
    so that a missing amount never passes for nothing.
-#}
{% macro sum_if_all_known(measure, condition) -%}
    case
        when count(*) filter (where {{ condition }} and {{ measure }} is null) = 0
            then coalesce(sum({{ measure }}) filter (where {{ condition }}), 0)
    end
{%- endmacro %}
