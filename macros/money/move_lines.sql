{#-
    The ledger lines of moves that no raw row makes: `cte` has fact_id, source_id, fact, journal_kind, reversed_fact_id,
    reverses_journal_id, order_id, seller_id, currency, amount_minor and night. One select per entry of `sides`, a dictionary:
    account, sign ('' a debit, '-' a credit) and rate_night, the column with the night whose rate values the line (default
    night). `rates` is a CTE of known_rates. Every line names the seller.
-#}
{% macro move_lines(cte, source_table, sides) -%}
    {%- for side in sides %}
    select
        moves.fact_id as ledger_key,
        moves.fact_id,
        moves.reversed_fact_id,
        '{{ side.account }}' as account,
        'seller' as party_type,
        moves.seller_id as party_id,
        moves.order_id,
        cast(null as varchar) as order_item_id,
        cast(null as varchar) as payment_id,
        'principal' as component,
        moves.currency,
        true as is_complete,
        cast(moves.night as timestamp) as event_at,
        cast({{ side.sign }}moves.amount_minor as bigint) as amount_minor,
        moves.night,
        '{{ source_table }}' as source_table,
        moves.source_id,
        moves.fact,
        rates.usd_per_unit as fx_rate,
        rates.rate_date as fx_rate_date,
        moves.journal_kind,
        moves.reverses_journal_id
    from {{ cte }} as moves
    left join rates
        on moves.currency = rates.currency
        and moves.{{ side.rate_night | default('night') }} = rates.night
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
