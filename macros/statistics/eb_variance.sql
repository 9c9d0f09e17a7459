{#-
    Spread of the true rates in a group of `entities`, by moments: what the observed rates vary more than chance would
    make them. `x`, `n` are the group's sums, `x2_by_n` is the sum of x_j^2 / n_j, `n2` the sum of n_j^2. Null when the
    group is too small to say; 1e-9 at least (then the entities do not differ).
-#}
{% macro eb_variance(entities, x, n, x2_by_n, n2) -%}
    {%- set mean = '(cast(' ~ x ~ ' as double) / nullif(' ~ n ~ ', 0))' -%}
    greatest(
        1e-9,
        (
            (cast({{ x2_by_n }} as double) - {{ mean }} * {{ x }})
            - ({{ entities }} - 1) * {{ mean }} * (1 - {{ mean }})
        ) / nullif(
            {{ n }} - cast({{ n2 }} as double) / nullif({{ n }}, 0) - ({{ entities }} - 1), 0
        )
    )
{%- endmacro %}
