-- The ledger against the raw tables, recomputed on a path of its own: one row per basis
-- (day it happened, night it arrived), day, source, account and currency.
with ledger as (
    select
        source_table,
        account,
        currency,
        cast(event_at as date) as event_date,
        night,
        amount_minor
    from {{ ref('fct_ledger_postings') }}
    where
        account = 'psp_cash'
        or (source_table = 'settlement_lines' and account != 'seller_payable')
),

raw as (
    select * from {{ ref('int_raw_money') }}
),

sides as (
    {%- for side in ['raw', 'ledger'] %}
        {%- for day in ['event_date', 'night'] %}
            select
                '{{ day }}' as basis,
                source_table,
                account,
                currency,
                {{ 'amount_minor' if side == 'raw' else '0' }} as raw_minor,
                {{ 'amount_minor' if side == 'ledger' else '0' }} as ledger_minor,
                {{ day }} as day
            from {{ side }}
            where account != 'fx_gain_loss'
                        {{ 'union all' if not loop.last }}
        {%- endfor %}
                {{ 'union all' if not loop.last }}
    {%- endfor %}
),

mart_ledger_reconciliation as (
    select
        basis,
        source_table,
        account,
        currency,
        cast(sum(raw_minor) as bigint) as raw_minor,
        cast(sum(ledger_minor) as bigint) as ledger_minor,
        cast(sum(ledger_minor) - sum(raw_minor) as bigint) as difference_minor,
        day as activity_date
    from sides
    group by all
)

select * from mart_ledger_reconciliation
