-- Loss types whose net loss in the mart is not the closing balance of the loss account,
-- or not gross less recovered.
with accounts as (
    select
        currency,
        substr(account, 6) as loss_type,
        sum(amount_minor) as balance_minor,
        sum(amount_usd) as balance_usd
    from {{ ref('fct_ledger_postings') }}
    where account like 'loss_%'
    group by currency, account
),

losses as (
    select
        currency,
        loss_type,
        sum(net_loss_minor) as net_minor,
        sum(net_loss_usd) as net_usd,
        sum(gross_loss_minor) - sum(recovered_minor) as gross_less_recovered_minor
    from {{ ref('mart_capital_loss_daily') }}
    group by currency, loss_type
)

select
    accounts.currency,
    accounts.loss_type,
    accounts.balance_minor,
    losses.net_minor
from accounts
full join
    losses
    on accounts.currency = losses.currency and accounts.loss_type = losses.loss_type
where
    accounts.balance_minor is distinct from losses.net_minor
    or accounts.balance_usd is distinct from losses.net_usd
    or losses.net_minor is distinct from losses.gross_less_recovered_minor
