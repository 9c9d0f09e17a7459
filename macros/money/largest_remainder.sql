{#-
    Splits `amount` over the rows of `partition` in proportion to `weight`, exact to the unit: every row gets the
    whole part of its share, the units left over go one each to the largest remainders (ties: lowest `tie`, a unique
    key). `total` is the sum of the weights in the partition; with total 0 there is nothing to split and the result is 0.
-#}
{% macro largest_remainder(amount, weight, total, partition, tie) -%}
    {%- set share = 'cast(' ~ amount ~ ' as hugeint) * ' ~ weight -%}
    {%- set whole = 'coalesce(' ~ whole_part(share, total) ~ ', 0)' -%}
    cast(
        {{ whole }} + case
            when row_number() over (
                partition by {{ partition }}
                order by coalesce(({{ share }}) % nullif({{ total }}, 0), 0) desc, {{ tie }}
            ) <= case when {{ total }} = 0 then 0 else {{ amount }} end
                - sum({{ whole }}) over (partition by {{ partition }})
                then 1
            else 0
        end as bigint
    )
{%- endmacro %}
