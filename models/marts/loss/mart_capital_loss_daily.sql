-- What was lost and what came back, by the day it happened, from the loss accounts of
-- the ledger. One row per day, region, business line, currency, type of loss, bearer.
with postings as (
    select
        *,
        (source_table = 'recoveries' and component != 'logistics')
        or (source_table = 'dispute_events' and fact = 'cash') as is_recovery
    from {{ ref('int_posting_orders') }}
    where account like 'loss_%'
),

orders as (
    select * from {{ ref('fct_orders') }}
),

losses as (
    select
        coalesce(orders.region, 'unknown') as region,
        coalesce(orders.business_line, 'unknown') as business_line,
        postings.currency,
        substr(postings.account, 6) as loss_type,
        'platform' as bearer,
        case
            when not postings.is_recovery then postings.amount_minor else 0
        end as gross_minor,
        case
            when postings.is_recovery then -postings.amount_minor else 0
        end as recovered_minor,
        case
            when not postings.is_recovery then postings.amount_usd else 0
        end as gross_usd,
        case
            when postings.is_recovery then -postings.amount_usd else 0
        end as recovered_usd,
        postings.amount_minor,
        postings.amount_usd,
        postings.event_date as loss_date
    from postings
    left join orders on postings.order_id = orders.order_id
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
        cast(sum(amount_minor) as bigint) as net_loss_minor,
        cast(sum(gross_usd) as decimal(18, 2)) as gross_loss_usd,
        cast(sum(recovered_usd) as decimal(18, 2)) as recovered_usd,
        cast(sum(amount_usd) as decimal(18, 2)) as net_loss_usd,
        count(*) = count(amount_usd) as is_usd_complete,
        loss_date
    from losses
    group by all
)

select * from mart_capital_loss_daily
