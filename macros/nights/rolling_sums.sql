{#-
    Sums over windows that end on a night, from a roll-up `relation` (`key` x event_date x night): one row per key and
    night of the range on which a row entered or left one of its windows. `windows` says which measures to sum over how
    many days ({180: ['orders'], 30: ['paid_usd']}) and names the columns: orders_180d, paid_usd_30d. A row counts from
    the later of its event date and its night until the event date is `days` old. Reads back as far as the longest
    window, never further, and gives the same rows whatever the range.
-#}
{% macro rolling_sums(relation, key, windows) -%}
    {%- set names = [] -%}
    {%- for days, measures in windows.items() -%}
        {%- for measure in measures -%}{%- do names.append(measure ~ '_' ~ days ~ 'd') -%}{%- endfor -%}
    {%- endfor -%}
    select
        {{ key }},
        {%- for name in names %}
        cast(
            coalesce(sum(sum({{ name }})) over (partition by {{ key }} order by night), 0)
            as {{ 'decimal(18, 2)' if '_usd' in name else 'bigint' }}
        ) as {{ name }},
        {%- endfor %}
        night
    from (
        {%- for days, measures in windows.items() %}
        {%- for sign, from_on in [('', 'greatest(event_date, night)'), ('-', 'event_date + ' ~ days)] %}
        select
            {{ key }},
            {%- for measure in measures %}
            {{ sign }}{{ measure }} as {{ measure }}_{{ days }}d,
            {%- endfor %}
            {{ from_on }} as night
        from {{ relation }}
        where
            night <= {{ to_night() }}
            and event_date + {{ days }} >= {{ from_night() }}
            and event_date + {{ days }} > greatest(event_date, night)
        {{ 'union all by name' if not loop.last }}
        {%- endfor %}
        {{ 'union all by name' if not loop.last }}
        {%- endfor %}
    ) as window_changes
    where night <= {{ to_night() }}
    group by {{ key }}, night
    qualify {{ in_range('night') }}
{%- endmacro %}
