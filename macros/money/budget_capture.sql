{#-
    Who captured a budget: per `keys` of `cte` (person_id, `amount`), how many people took something, the largest taker, its
    share and that of the ten largest, and how many equal takers it would be (1 / sum of squared shares). Exact integers until
    the one division; a person's amounts that net to nothing or less do not count.
-#}
{% macro budget_capture(cte, keys, amount='amount_minor') -%}
    {%- set key = keys | join(', ') -%}
    select
        {{ key }},
        count(*) as people,
        max(person_id) filter (where place = 1) as top_person_id,
        {% for name, last in [('top_person_share', 1), ('top_10_share', 10)] -%}
        cast(round(
            cast(sum(taken) filter (where place <= {{ last }}) as double) / cast(sum(taken) as double), 6
        ) as decimal(9, 6)) as {{ name }},
        {% endfor -%}
        cast(round(
            power(cast(sum(taken) as double), 2) / cast(sum(taken * taken) as double), 2
        ) as decimal(18, 2)) as effective_people
    from (
        select
            {{ key }},
            person_id,
            cast(sum({{ amount }}) as hugeint) as taken,
            row_number() over (
                partition by {{ key }} order by sum({{ amount }}) desc, person_id
            ) as place
        from {{ cte }}
        group by {{ key }}, person_id
        having sum({{ amount }}) > 0
    ) as takers
    group by {{ key }}
{%- endmacro %}
