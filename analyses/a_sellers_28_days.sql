-- A seller's last 28 days, one row a day: sales, cancellations, money given back,
-- losses, and the alerts of those days. Without an id in `chosen`, the seller with the
-- largest net loss is shown.
with orders as (
    select * from {{ ref('fct_orders') }}
),

chosen as (
    select seller_id
    from orders
    -- where seller_id = 'put the id of your seller here'
    group by seller_id
    order by sum(net_loss_usd) desc nulls last, seller_id asc
    limit 1
),

last_day as (
    select cast(max(placed_at) as date) as last_date from orders
),

days as (
    select last_day.last_date - cast(back.days as integer) as sales_date
    from last_day
    cross join range(28) as back (days)
),

sales as (
    select
        cast(orders.placed_at as date) as sales_date,
        count(*) as orders,
        count(distinct orders.buyer_user_id) as buyers,
        count(*) filter (where orders.cancelled_at is not null) as cancelled,
        count(*) filter (where orders.delivered_at is not null) as delivered,
        sum(orders.amount_usd) as sold_usd,
        count(*) filter (where orders.refunded_minor > 0) as refunded,
        count(*) filter (where orders.disputed_minor > 0) as disputed,
        sum(orders.net_loss_usd) as net_loss_usd
    from orders
    inner join chosen on orders.seller_id = chosen.seller_id
    group by all
),

alerts as (
    select
        alerts.alerted_on as sales_date,
        string_agg(
            alerts.detection_id || ' ' || alerts.severity, ', '
            order by alerts.detection_id, alerts.alert_id
        ) as alerts
    from {{ ref('fct_alerts') }} as alerts
    inner join chosen
        on alerts.entity_type = 'seller' and alerts.entity_id = chosen.seller_id
    group by alerts.alerted_on
)

select
    chosen.seller_id,
    days.sales_date,
    coalesce(sales.orders, 0) as orders,
    coalesce(sales.buyers, 0) as buyers,
    coalesce(sales.cancelled, 0) as cancelled,
    coalesce(sales.delivered, 0) as delivered,
    coalesce(sales.sold_usd, 0) as sold_usd,
    coalesce(sales.refunded, 0) as refunded,
    coalesce(sales.disputed, 0) as disputed,
    sales.net_loss_usd,
    alerts.alerts
from days
cross join chosen
left join sales on days.sales_date = sales.sales_date
left join alerts on days.sales_date = alerts.sales_date
order by days.sales_date
