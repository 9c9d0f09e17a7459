{#-
    What each night posts of the target lines in `relation`: the lines its touched keys should have now, less the lines they
    should have had on the night they were last touched. `columns` tell lines apart besides ledger_key and night; only
    lines whose amount_minor changed remain. `relation` must hold every touch of its keys up to the last night of the run.
-#}
{% macro target_changes(relation, columns) -%}
    select
        changes.ledger_key,
        {%- for column in columns %}
        changes.{{ column }},
        {%- endfor %}
        cast(sum(changes.direction * changes.amount_minor) as bigint) as amount_minor,
        changes.night
    from (
        select *, 1 as direction from {{ relation }}
        union all
        select targets.* replace (touches.next_night as night), -1 as direction
        from {{ relation }} as targets
        inner join (
            select
                ledger_key,
                night,
                lead(night) over (partition by ledger_key order by night) as next_night
            from (select distinct ledger_key, night from {{ relation }}) as nights
        ) as touches
            on targets.ledger_key = touches.ledger_key and targets.night = touches.night
        where touches.next_night is not null
    ) as changes
    where {{ in_range('changes.night') }}
    group by all
    having sum(changes.direction * changes.amount_minor) != 0
{%- endmacro %}
