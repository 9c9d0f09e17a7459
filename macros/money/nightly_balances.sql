{#-
    Balances at the end of each delivered night of the run: the running sums of the `measures` of `changes` (dimensions,
    measures and changed_on, the day a change takes effect). `changes` holds all that is not balanced by the first night.
    A balance of nothing has no row. Measures named _usd are money, others integers.
-#}
{% macro nightly_balances(changes, dimensions, measures) -%}
    {%- set keys = dimensions | join(', ') -%}
    select
        {{ keys }},
        {%- for measure in measures %}
        cast(
            {{ measure }} as {{ 'decimal(18, 2)' if measure.endswith('_usd') else 'bigint' }}
        ) as {{ measure }},
        {%- endfor %}
        night
    from (
        select
            {{ keys }},
            is_night,
            night,
            {%- for measure in measures %}
            sum({{ measure }}) over (
                partition by {{ keys }} order by night
            ) as {{ measure }}{{ ',' if not loop.last }}
            {%- endfor %}
        from (
            select
                {{ keys }},
                max(is_night) as is_night,
                night,
                {%- for measure in measures %}
                sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
                {%- endfor %}
            from (
                select
                    {{ keys }},
                    0 as is_night,
                    greatest(changed_on, {{ from_night() }}) as night,
                    {{ measures | join(', ') }}
                from {{ changes }}
                where changed_on <= {{ to_night() }}
                union all
                select
                    {{ keys }},
                    1 as is_night,
                    nights.night,
                    {%- for measure in measures %}
                    0 as {{ measure }}{{ ',' if not loop.last }}
                    {%- endfor %}
                from (select distinct {{ keys }} from {{ changes }}) as cells
                cross join (
                    select distinct night
                    from {{ ref('stg_landing_deliveries') }}
                    where {{ in_range('night') }}
                ) as nights
            ) as moments
            group by {{ keys }}, night
        ) as days
    ) as running
    where
        is_night = 1
        and (
            {%- for measure in measures %}
            {{ 'or ' if not loop.first }}{{ measure }} != 0
            {%- endfor %}
        )
{%- endmacro %}
