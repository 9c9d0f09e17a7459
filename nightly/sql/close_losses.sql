-- Grain: one row per scope (the month, earlier months), type of loss, bearer, region,
-- business line and currency. Only what the platform bears is in the ledger.
with events as (
    select
        *,
        scope_of(event_date, night) as scope
    from published.fct_loss_events
)

select
    events.scope,
    events.loss_type,
    events.bearer,
    -- an order that had not arrived by the cut-off has no place yet
    case
        when events.order_id is null then events.region
        else coalesce(orders.region, 'unknown')
    end as region,
    case
        when events.order_id is null then events.business_line
        else coalesce(orders.business_line, 'unknown')
    end as business_line,
    events.currency,
    cast(sum(events.gross_minor) as bigint) as gross_minor,
    cast(sum(events.recovered_minor) as bigint) as recovered_minor,
    cast(sum(events.cash_recovered_minor) as bigint) as cash_recovered_minor,
    cast(sum(events.net_minor) as bigint) as net_minor,
    cast(coalesce(sum(events.gross_usd), 0) as decimal(18, 2)) as gross_usd,
    cast(coalesce(sum(events.recovered_usd), 0) as decimal(18, 2)) as recovered_usd,
    cast(coalesce(sum(events.cash_recovered_usd), 0) as decimal(18, 2))
        as cash_recovered_usd,
    cast(coalesce(sum(events.net_usd), 0) as decimal(18, 2)) as net_usd,
    count(*) = count(events.net_usd) as is_usd_complete
from events
left join orders on events.order_id = orders.order_id
where events.scope in ('month', 'earlier_months')
group by all
order by
    events.scope,
    events.loss_type,
    events.bearer,
    region,
    business_line,
    events.currency
