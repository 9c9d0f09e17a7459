-- What was lost and what came back, by the day it happened, from the loss accounts of
-- the ledger. One row per day, region, business line, currency, type of loss, bearer.
with entries as (
    select * from {{ ref('int_loss_entries') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
),

mart_capital_loss_daily as (
    select
        coalesce(orders.region, 'unknown') as region,
        coalesce(orders.business_line, 'unknown') as business_line,
        entries.currency,
        entries.loss_type,
        entries.bearer,
        cast(sum(entries.gross_minor) as bigint) as gross_loss_minor,
        cast(sum(entries.recovered_minor) as bigint) as recovered_minor,
        cast(sum(entries.net_minor) as bigint) as net_loss_minor,
        cast(sum(entries.gross_usd) as decimal(18, 2)) as gross_loss_usd,
        cast(sum(entries.recovered_usd) as decimal(18, 2)) as recovered_usd,
        cast(sum(entries.net_usd) as decimal(18, 2)) as net_loss_usd,
        count(*) = count(entries.net_usd) as is_usd_complete,
        entries.event_date as loss_date
    from entries
    left join orders on entries.order_id = orders.order_id
    group by all
)

select * from mart_capital_loss_daily
