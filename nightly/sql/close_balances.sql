-- Grain: one row per event month, account and currency: what the closed books hold. The
-- next close sets its own figures against these.
select
    event_month,
    account,
    currency,
    cast(sum(amount_minor) as bigint) as amount_minor,
    cast(coalesce(sum(amount_usd), 0) as decimal(18, 2)) as amount_usd,
    count(*) = count(amount_usd) as is_usd_complete
from postings
where scope != 'after_month'
group by event_month, account, currency
order by event_month, account, currency
