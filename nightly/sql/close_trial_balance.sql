-- Grain: one row per account and currency: opening + restated + earlier months + month
-- = closing; closing + what happened after the month = the ledger on the cut-off night.
with frozen as (
    select
        account,
        currency,
        sum(amount_minor) as frozen_minor,
        sum(amount_usd) as frozen_usd
    from before_balances
    group by account, currency
),

ledger as (
    select
        account,
        currency,
        coalesce(sum(amount_minor) filter (where scope = 'opening'), 0) as known_minor,
        coalesce(sum(amount_minor) filter (where scope = 'earlier_months'), 0)
            as earlier_months_minor,
        coalesce(sum(amount_minor) filter (where scope = 'month'), 0) as month_minor,
        coalesce(sum(amount_minor) filter (where scope = 'after_month'), 0)
            as after_month_minor,
        sum(amount_minor) as ledger_minor,
        coalesce(sum(amount_usd) filter (where scope = 'opening'), 0) as known_usd,
        coalesce(sum(amount_usd) filter (where scope = 'earlier_months'), 0)
            as earlier_months_usd,
        coalesce(sum(amount_usd) filter (where scope = 'month'), 0) as month_usd,
        count(*) = count(amount_usd) as is_usd_complete
    from postings
    group by account, currency
),

sides as (
    select
        account,
        currency,
        coalesce(ledger.known_minor, 0) as known_minor,
        coalesce(ledger.known_usd, 0) as known_usd,
        coalesce(ledger.earlier_months_minor, 0) as earlier_months_minor,
        coalesce(ledger.earlier_months_usd, 0) as earlier_months_usd,
        coalesce(ledger.month_minor, 0) as month_minor,
        coalesce(ledger.month_usd, 0) as month_usd,
        coalesce(ledger.after_month_minor, 0) as after_month_minor,
        coalesce(ledger.ledger_minor, 0) as ledger_minor,
        coalesce(ledger.is_usd_complete, true) as is_usd_complete,
        -- the first close opens with what the ledger holds of the months before it
        case
            when getvariable('before_cut_off') is null then known_minor
            else coalesce(frozen.frozen_minor, 0)
        end as opening_minor,
        case
            when getvariable('before_cut_off') is null then known_usd
            else coalesce(frozen.frozen_usd, 0)
        end as opening_usd
    from ledger
    full join frozen using (account, currency)
)

select
    account,
    currency,
    cast(opening_minor as bigint) as opening_minor,
    cast(known_minor - opening_minor as bigint) as restated_minor,
    cast(earlier_months_minor as bigint) as earlier_months_minor,
    cast(month_minor as bigint) as month_minor,
    cast(known_minor + earlier_months_minor + month_minor as bigint) as closing_minor,
    cast(after_month_minor as bigint) as after_month_minor,
    cast(ledger_minor as bigint) as ledger_minor,
    cast(opening_usd as decimal(18, 2)) as opening_usd,
    cast(known_usd - opening_usd as decimal(18, 2)) as restated_usd,
    cast(earlier_months_usd as decimal(18, 2)) as earlier_months_usd,
    cast(month_usd as decimal(18, 2)) as month_usd,
    cast(known_usd + earlier_months_usd + month_usd as decimal(18, 2)) as closing_usd,
    is_usd_complete
from sides
order by account, currency
