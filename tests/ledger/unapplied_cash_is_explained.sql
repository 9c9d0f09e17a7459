-- Unapplied cash that the breaks do not account for, and breaks nobody can explain.
with ledger as (
    select
        currency,
        -sum(amount_minor) as unapplied_minor
    from {{ ref('fct_ledger_postings') }}
    where account = 'unapplied_cash'
    group by currency
),

breaks as (
    select
        currency,
        sum(unapplied_minor) as explained_minor,
        count(*) filter (where cause = 'unexplained') as unexplained
    from {{ ref('mart_reconciliation_breaks') }}
    group by currency
)

select
    ledger.unapplied_minor,
    breaks.explained_minor,
    breaks.unexplained
from ledger
full join breaks on ledger.currency = breaks.currency
where
    coalesce(ledger.unapplied_minor, 0) != coalesce(breaks.explained_minor, 0)
    or breaks.unexplained > 0
