{#-
    One minus the product of one minus each weight, over the rows of a group. They are multiplied in the order of
    `ordered_by`, so that the last bit is the same on every run.
-#}
{% macro joint_score(weight, ordered_by) -%}
    cast(round(1 - list_reduce(
        list(1 - cast(coalesce({{ weight }}, 0) as double) order by {{ ordered_by }}),
        lambda product, factor: product * factor
    ), 4) as decimal(6, 4))
{%- endmacro %}
