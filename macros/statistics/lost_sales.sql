{#-
    What the sales of 28 days are worth times how far the last seven of them fell short of the 21 before, per day: 0 when
    they did not, or when nothing was sold.
-#}
{% macro lost_sales(paid_28d, paid_7d) -%}
    cast(round(
        coalesce(
            {{ paid_28d }} * greatest(
                1 - 3 * cast({{ paid_7d }} as double) / nullif({{ paid_28d }} - {{ paid_7d }}, 0), 0
            ),
            0
        ),
        2
    ) as decimal(18, 2))
{%- endmacro %}
