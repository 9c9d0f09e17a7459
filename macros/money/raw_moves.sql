{#-
    Money as the raw tables have it, one select per entry of `moves`: (source table, amount, moved at, night, relation,
    condition), all SQL. Used to hold the ledger against, so it shares nothing with the ledger's own macros.
-#}
{% macro raw_moves(moves) -%}
    {%- for source, amount, moved_at, night, relation, condition in moves %}
    select
        '{{ source }}' as source_table,
        'psp_cash' as account,
        currency,
        {{ amount }} as amount_minor,
        cast({{ moved_at }} as date) as event_date,
        {{ night }} as night
    from {{ relation }}
    where {{ condition }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
