-- Grain: one row per check and currency: two figures that must be the same.
with sides as (
    select
        'the trial balance sums to zero' as check_name,
        currency,
        0 as expected_minor,
        closing_minor as found_minor
    from trial_balance
    union all
    select
        'closing and later months are the ledger of the cut-off',
        currency,
        0,
        abs(closing_minor + after_month_minor - ledger_minor)
    from trial_balance
    union all
    select
        'balances by month are the closing balance',
        currency,
        closing_minor,
        0
    from trial_balance
    where account = 'psp_cash'
    union all
    select
        'balances by month are the closing balance',
        currency,
        0,
        amount_minor
    from balances
    where account = 'psp_cash'
    union all
    select
        'cash of the ledger is cash of the raw tables',
        currency,
        raw_to_date_minor,
        0
    from reconciliation
    where account = 'psp_cash'
    union all
    select
        'cash of the ledger is cash of the raw tables',
        currency,
        0,
        closing_minor + after_month_minor
    from trial_balance
    where account = 'psp_cash'
    union all
    select
        'losses are what the loss accounts moved',
        currency,
        earlier_months_minor + month_minor,
        0
    from trial_balance
    where starts_with(account, 'loss_')
    union all
    select
        'losses are what the loss accounts moved',
        currency,
        0,
        net_minor
    from losses
    where bearer = 'platform'
    union all
    select
        'breaks are what unapplied_cash holds',
        currency,
        -closing_minor,
        0
    from trial_balance
    where account = 'unapplied_cash'
    union all
    select
        'breaks are what unapplied_cash holds',
        currency,
        0,
        unapplied_minor
    from breaks
    union all
    select
        'changes are what their causes sum to',
        currency,
        difference_minor,
        0
    from changes
    union all
    select
        'changes are what their causes sum to',
        currency,
        0,
        amount_minor
    from causes
)

select
    check_name,
    currency,
    cast(sum(expected_minor) as bigint) as expected_minor,
    cast(sum(found_minor) as bigint) as found_minor,
    cast(sum(found_minor) - sum(expected_minor) as bigint) as difference_minor
from sides
group by check_name, currency
order by check_name, currency
