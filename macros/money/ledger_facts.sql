{#-
    Shapes rows of `cte` as money movements, one select per entry of `facts`. An entry is a dictionary: table (landing
    table), fact, and SQL expressions id, cash (effect on our bank: money in +, out -), at (event time); optional where, amount
    (default amount_minor), night, order_id, item, payment, party_type, party_id. A movement of 0 is none unless keep.
-#}
{% macro ledger_facts(facts) -%}
    {%- for fact in facts %}
    select
        {{ fact_id(fact.table, fact.id, fact.fact) }} as fact_id,
        '{{ fact.table }}' as source_table,
        {{ fact.id }} as source_id,
        '{{ fact.fact }}' as fact,
        cast({{ fact.order_id | default('null') }} as varchar) as order_id,
        cast({{ fact.item | default('null') }} as varchar) as order_item_id,
        cast({{ fact.payment | default('null') }} as varchar) as payment_id,
        cast({{ fact.party_type | default('null') }} as varchar) as party_type,
        cast({{ fact.party_id | default('null') }} as varchar) as party_id,
        currency,
        cast({{ fact.amount | default('amount_minor') }} as bigint) as amount_minor,
        cast({{ fact.cash }} as bigint) as cash_minor,
        {{ fact.at }} as event_at,
        {{ fact.night | default('night') }} as night
    from {{ fact.cte }}
    where {{ fact.where | default('true') }}
    {%- if not fact.keep %}
        and {{ fact.amount | default('amount_minor') }} != 0
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
