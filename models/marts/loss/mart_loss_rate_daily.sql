-- Net loss over GMV, both by the day they happened (reporting basis, not cohort): the
-- one definition of the loss rate. One row per day, region, business line, currency.
with losses as (
    select
        region,
        business_line,
        currency,
        cast(sum(gross_loss_minor) as bigint) as gross_loss_minor,
        cast(sum(recovered_minor) as bigint) as recovered_minor,
        cast(sum(net_loss_minor) as bigint) as net_loss_minor,
        cast(sum(net_loss_usd) as decimal(18, 2)) as net_loss_usd,
        bool_and(is_usd_complete) as is_usd_complete,
        loss_date as day
    from {{ ref('mart_capital_loss_daily') }}
    group by all
),

sales as (
    select
        *,
        gmv_date as day
    from {{ ref('mart_gmv_daily') }}
),

mart_loss_rate_daily as (
    select
        region,
        business_line,
        currency,
        coalesce(losses.gross_loss_minor, 0) as gross_loss_minor,
        coalesce(losses.recovered_minor, 0) as recovered_minor,
        coalesce(losses.net_loss_minor, 0) as net_loss_minor,
        coalesce(sales.gmv_minor, 0) as gmv_minor,
        case when losses.day is null then 0 else losses.net_loss_usd end
            as net_loss_usd,
        case when sales.day is null then 0 else sales.gmv_usd end as gmv_usd,
        cast(round(
            10000 * cast(losses.net_loss_minor as double) / nullif(sales.gmv_minor, 0),
            2
        ) as decimal(18, 2)) as net_loss_bps,
        coalesce(losses.is_usd_complete, true)
        and coalesce(sales.is_usd_complete, true) as is_usd_complete,
        day as activity_date
    from losses
    full join sales using (region, business_line, currency, day)
)

select * from mart_loss_rate_daily
