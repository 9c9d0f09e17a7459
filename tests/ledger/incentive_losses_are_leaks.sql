-- What the ledger moved to the losses to incentive abuse that is not the incentive
-- spend marked as such, by currency: the leak and the loss go by the same labels.
with ledger as (
    select
        currency,
        sum(amount_minor) as amount_minor
    from {{ ref('fct_ledger_postings') }}
    where journal_kind = 'reclass' and account = 'loss_incentive_abuse'
    group by currency
),

spend as (
    select
        currency,
        sum(amount_minor) as amount_minor
    from {{ ref('int_incentive_spend') }}
    where is_loss
    group by currency
)

select
    coalesce(ledger.currency, spend.currency) as currency,
    ledger.amount_minor as ledger_minor,
    spend.amount_minor as spend_minor
from ledger
full join spend on ledger.currency = spend.currency
where coalesce(ledger.amount_minor, 0) != coalesce(spend.amount_minor, 0)
