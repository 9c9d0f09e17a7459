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
        or (account = 'incentive_expense' and journal_kind != 'reclass')
),

raw as (
    select * from {{ ref('int_raw_money') }}
),

sides as (
    select
        source_table,
        account,
        currency,
        amount_minor as raw_minor,
        0 as ledger_minor,
        event_date,
        night
    from raw
    union all
    select
        source_table,
        account,
        currency,
        0 as raw_minor,
        amount_minor as ledger_minor,
        event_date,
        night
    from ledger
    where account != 'fx_gain_loss'
),

days as (
    select
        bases.basis,
        sides.source_table,
        sides.account,
        sides.currency,
        sides.raw_minor,
        sides.ledger_minor,
        case bases.basis when 'night' then sides.night else sides.event_date end as day
    from sides
    cross join (values ('event_date'), ('night')) as bases (basis)
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
    from days
    group by all
)

select * from mart_ledger_reconciliation
