-- Grain: one row per scope, region, business line and currency: what the platform lost
-- over what was sold. A loss that nobody reports is unknown, not zero.
with entries as (
    select
        postings.scope,
        coalesce(orders.region, 'unknown') as region,
        coalesce(orders.business_line, 'unknown') as business_line,
        postings.currency,
        postings.amount_minor as gmv_minor,
        postings.amount_usd as gmv_usd,
        0 as net_minor,
        0 as net_usd,
        postings.amount_usd is not null as is_usd_complete
    from postings
    left join orders on postings.order_id = orders.order_id
    where
        postings.scope in ('month', 'earlier_months')
        and postings.source_table = 'payment_attempts'
        and postings.account in ('psp_cash', 'unapplied_cash')
    union all
    select
        scope,
        region,
        business_line,
        currency,
        0,
        0,
        net_minor,
        net_usd,
        is_usd_complete
    from losses
    where bearer = 'platform'
),

summed as (
    select
        scope,
        region,
        business_line,
        currency,
        cast(sum(net_minor) as bigint) as net_minor,
        cast(sum(gmv_minor) as bigint) as gmv_minor,
        cast(coalesce(sum(net_usd), 0) as decimal(18, 2)) as net_usd,
        cast(coalesce(sum(gmv_usd), 0) as decimal(18, 2)) as gmv_usd,
        round(10000 * sum(net_minor) / nullif(sum(gmv_minor), 0), 2) as bps,
        bool_and(is_usd_complete) as is_usd_complete
    from entries
    group by scope, region, business_line, currency
),

known as (
    select count(*) = 0 as is_loss_known
    from coverage
    where metric_id = 'net_loss' and not is_ready
)

select
    scope,
    region,
    business_line,
    currency,
    case when is_loss_known then net_minor end as net_loss_minor,
    gmv_minor,
    case when is_loss_known then net_usd end as net_loss_usd,
    gmv_usd,
    case when is_loss_known then cast(bps as decimal(18, 2)) end as net_loss_bps,
    is_usd_complete
from summed
cross join known
order by scope, region, business_line, currency
