-- Nights after which payable and reserve of a seller are negative together: what
-- sellers owe us belongs to seller_receivable.
with nights as (
    select
        party_id,
        currency,
        night,
        -sum(amount_minor) as moved_minor
    from {{ ref('fct_ledger_postings') }}
    where account in ('seller_payable', 'seller_reserve')
    group by party_id, currency, night
),

balances as (
    select
        *,
        sum(moved_minor) over (
            partition by party_id, currency
            order by night
            rows between unbounded preceding and current row
        ) as balance_minor
    from nights
)

select *
from balances
where balance_minor < 0
