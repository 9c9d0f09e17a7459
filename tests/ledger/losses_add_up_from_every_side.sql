-- Sides from which the losses do not add up: to the closing balance of the loss
-- accounts, to gross less recovered, or, where GMV is split, to what buyers paid.
with ledger as (
    select
        currency,
        sum(amount_minor) as net_minor,
        sum(amount_usd) as net_usd
    from {{ ref('fct_ledger_postings') }}
    where account like 'loss_%'
    group by currency
),

captured as (
    select
        currency,
        sum(amount_minor) as gmv_minor,
        sum(amount_usd) as gmv_usd
    from {{ ref('int_captured_money') }}
    group by currency
),

accounts as (
    select
        coalesce(ledger.currency, captured.currency) as currency,
        coalesce(ledger.net_minor, 0) as net_minor,
        coalesce(ledger.net_usd, 0) as net_usd,
        coalesce(captured.gmv_minor, 0) as gmv_minor,
        coalesce(captured.gmv_usd, 0) as gmv_usd
    from ledger
    full join captured on ledger.currency = captured.currency
    where coalesce(ledger.net_minor, 0) != 0 or coalesce(captured.gmv_minor, 0) != 0
),

-- of losses others bear the ledger has no balance but 0
lines as (
    select
        *,
        'all' as headline
    from {{ ref('int_loss_rate_cells') }}
    where coalesce(bearer, 'platform') = 'platform'
),

sides as (
    unpivot lines
    on headline, region, business_line, channel, category_l1, scenario, loss_type
    into name dimension value member
),

totals as (
    select
        basis,
        dimension,
        currency,
        sum(net_minor) as net_minor,
        sum(gross_minor) - sum(recovered_minor) as gross_less_recovered_minor,
        coalesce(sum(net_usd), 0) as net_usd,
        sum(gmv_minor) as gmv_minor,
        coalesce(sum(gmv_usd), 0) as gmv_usd
    from sides
    group by basis, dimension, currency
),

reported as (
    select
        basis,
        dimension,
        currency,
        sum(net_minor) as net_minor,
        count(net_minor) = 0 as is_unknown
    from {{ ref('mart_loss_rates') }}
    where dimension != 'bearer' or member = 'platform'
    group by basis, dimension, currency
)

select
    totals.basis,
    totals.dimension,
    totals.currency,
    totals.net_minor,
    accounts.net_minor as balance_minor,
    reported.net_minor as reported_minor
from totals
full join accounts on totals.currency = accounts.currency
left join reported
    on
        totals.basis = reported.basis
        and totals.dimension = reported.dimension
        and totals.currency = reported.currency
where
    totals.net_minor is distinct from accounts.net_minor
    or totals.net_usd is distinct from accounts.net_usd
    or totals.net_minor is distinct from totals.gross_less_recovered_minor
    or (
        totals.dimension not in ('scenario', 'loss_type')
        and (
            totals.gmv_minor is distinct from accounts.gmv_minor
            or totals.gmv_usd is distinct from accounts.gmv_usd
        )
    )
    or (
        totals.net_minor is distinct from reported.net_minor
        and not reported.is_unknown
    )
