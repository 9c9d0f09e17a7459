{#-
    A roll-up that later nights correct: `keys` x event_date x night. `relation` holds what is counted (its `keys`, an
    event_date and the `measures`) from `night` to before `until_night`: every row adds its measures on the one and
    takes them back on the other. Nights that change nothing on balance have no row. Measures named _usd are money,
    others are counts. `rolling_sums` reads what comes out.
-#}
{% macro daily_changes(relation, keys, measures) -%}
    select
        {%- for key in keys %}
        {{ key }},
        {%- endfor %}
        event_date,
        {%- for measure in measures %}
        cast(sum(sign * {{ measure }}) as {{ 'decimal(18, 2)' if '_usd' in measure else 'bigint' }}) as {{ measure }},
        {%- endfor %}
        changed_on as night
    from (
        select *, 1 as sign, night as changed_on from {{ relation }}
        union all
        select *, -1 as sign, until_night as changed_on from {{ relation }}
    ) as signed_rows
    where {{ in_range('changed_on') }}
    group by {{ keys | join(', ') }}, event_date, changed_on
    having
        {%- for measure in measures %}
        {{ 'or ' if not loop.first }}sum(sign * {{ measure }}) != 0
        {%- endfor %}
{%- endmacro %}
