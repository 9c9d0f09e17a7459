-- Incentive spend that is not what the ledger holds: the promotion and incentive
-- accounts but for what was moved to a loss, and the commissions creators are owed.
with ledger as (
    select
        currency,
        sum(
            case account when 'creator_payable' then -amount_minor else amount_minor end
        ) as amount_minor,
        sum(
            case account when 'creator_payable' then -amount_usd else amount_usd end
        ) as amount_usd
    from {{ ref('fct_ledger_postings') }}
    where
        journal_kind != 'reclass'
        and (
            account in ('promo_expense', 'incentive_expense')
            or (account = 'creator_payable' and component = 'commission')
        )
    group by currency
),

spend as (
    select
        currency,
        sum(amount_minor) as amount_minor,
        sum(amount_usd) as amount_usd
    from {{ ref('int_incentive_spend') }}
    group by currency
),

leakage as (
    select
        currency,
        sum(spend_minor) as amount_minor,
        sum(spend_usd) as amount_usd
    from {{ ref('mart_incentive_leakage') }}
    group by currency
)

select
    ledger.currency,
    ledger.amount_minor,
    spend.amount_minor as spend_minor,
    leakage.amount_minor as leakage_spend_minor
from ledger
full join spend on ledger.currency = spend.currency
full join leakage on ledger.currency = leakage.currency
where
    ledger.amount_minor is distinct from spend.amount_minor
    or ledger.amount_usd is distinct from spend.amount_usd
    or ledger.amount_minor is distinct from leakage.amount_minor
    or ledger.amount_usd is distinct from leakage.amount_usd
