-- GMV: what buyers paid for the items of captured orders, by the day of the capture,
-- less what voids took back. One row per day, region, business line and currency.
with postings as (
    select * from {{ ref('int_captured_money') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
),

mart_gmv_daily as (
    select
        coalesce(orders.region, 'unknown') as region,
        coalesce(orders.business_line, 'unknown') as business_line,
        postings.currency,
        count(distinct postings.order_id) as captured_orders,
        cast(sum(postings.amount_minor) as bigint) as gmv_minor,
        cast(sum(postings.amount_usd) as decimal(18, 2)) as gmv_usd,
        count(*) = count(postings.amount_usd) as is_usd_complete,
        postings.event_date as gmv_date
    from postings
    left join orders on postings.order_id = orders.order_id
    group by all
    having sum(postings.amount_minor) != 0
)

select * from mart_gmv_daily
