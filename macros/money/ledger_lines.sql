{#-
    Turns the rows of `cte` into ledger lines, one select per entry of `lines`. An entry is a dictionary of SQL
    expressions: account, amount (debit +, credit -) and, when they apply, component, party_type, party_id, item
    (order_item_id), reverses (reversed_fact_id), complete (is_complete), keep (true: also a line of amount 0, which marks that
    the key was touched). `cte` has ledger_key, fact_id, order_id, payment_id, currency, event_at, night.
-#}
{% macro ledger_lines(cte, lines) -%}
    {%- for line in lines %}
    select
        ledger_key,
        fact_id,
        cast({{ line.reverses | default('null') }} as varchar) as reversed_fact_id,
        {{ line.account }} as account,
        cast({{ line.party_type | default('null') }} as varchar) as party_type,
        cast({{ line.party_id | default('null') }} as varchar) as party_id,
        order_id,
        cast({{ line.item | default('null') }} as varchar) as order_item_id,
        payment_id,
        {{ line.component | default("'principal'") }} as component,
        currency,
        cast({{ line.amount }} as bigint) as amount_minor,
        {{ line.complete | default('true') }} as is_complete,
        event_at,
        night
    from {{ cte }}
    {%- if not line.keep %}
    where coalesce({{ line.amount }}, 0) != 0
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
