-- Grain: one row per event month the last close covered, account and currency that
-- moved since: then, now, and the difference by cause.
with caused as (
    select
        event_month,
        account,
        currency,
        sum(journals) as journals,
        sum(amount_minor) filter (where cause = 'arrived_late') as arrived_late_minor,
        sum(amount_minor) filter (where cause = 'correction') as correction_minor,
        sum(amount_minor) filter (where cause = 'reversal') as reversal_minor,
        sum(amount_minor) filter (where cause = 'reclass') as reclass_minor,
        sum(amount_minor) filter (where cause = 'restated') as restated_minor,
        sum(amount_usd) as difference_usd
    from causes
    group by event_month, account, currency
)

select
    caused.event_month,
    caused.account,
    caused.currency,
    coalesce(since_balances.amount_minor, 0) as then_minor,
    coalesce(balances.amount_minor, 0) as now_minor,
    coalesce(balances.amount_minor, 0) - coalesce(since_balances.amount_minor, 0)
        as difference_minor,
    cast(coalesce(caused.arrived_late_minor, 0) as bigint) as arrived_late_minor,
    cast(coalesce(caused.correction_minor, 0) as bigint) as correction_minor,
    cast(coalesce(caused.reversal_minor, 0) as bigint) as reversal_minor,
    cast(coalesce(caused.reclass_minor, 0) as bigint) as reclass_minor,
    cast(coalesce(caused.restated_minor, 0) as bigint) as restated_minor,
    cast(caused.journals as bigint) as journals,
    cast(caused.difference_usd as decimal(18, 2)) as difference_usd
from caused
left join since_balances using (event_month, account, currency)
left join balances using (event_month, account, currency)
order by caused.event_month, caused.account, caused.currency
