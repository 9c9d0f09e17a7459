-- What was lost and what came back, by the day it happened, from the loss accounts of
-- the ledger. One row per day, region, business line, currency, type of loss, bearer.
with entries as (
    select * from {{ ref('fct_loss_events') }}
    where bearer = 'platform' and entry != 'collection'
),

mart_capital_loss_daily as (
    select
        region,
        business_line,
        currency,
        loss_type,
        bearer,
        cast(sum(gross_minor) as bigint) as gross_loss_minor,
        cast(sum(recovered_minor) as bigint) as recovered_minor,
        cast(sum(net_minor) as bigint) as net_loss_minor,
        cast(sum(gross_usd) as decimal(18, 2)) as gross_loss_usd,
        cast(sum(recovered_usd) as decimal(18, 2)) as recovered_usd,
        cast(sum(net_usd) as decimal(18, 2)) as net_loss_usd,
        count(*) = count(net_usd) as is_usd_complete,
        event_date as loss_date
    from entries
    group by all
)

select * from mart_capital_loss_daily
