-- Journals that do not balance: in minor units per currency, or in US dollars.
select
    journal_id,
    currency,
    sum(amount_minor) as left_over_minor,
    sum(amount_usd) as left_over_usd
from {{ ref('fct_ledger_postings') }}
group by journal_id, currency
having
    sum(amount_minor) != 0
    or coalesce(sum(amount_usd), 0) != 0
    or count(amount_usd) not in (0, count(*))
