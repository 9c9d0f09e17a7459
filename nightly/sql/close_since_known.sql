-- Grain: one row per event month, account and currency of the last close, said again by
-- the ledger of today: what it would have frozen.
select
    event_month,
    account,
    currency,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(coalesce(sum(amount_usd), 0) as decimal(18, 2)) as amount_usd
from postings
where last_close = 'then'
group by event_month, account, currency
order by event_month, account, currency
