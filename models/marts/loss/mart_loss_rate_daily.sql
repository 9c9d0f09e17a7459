-- Net loss over GMV, both by the day they happened (reporting basis, not cohort): the
-- one definition of the loss rate. One row per day, region, business line, currency.
with entries as (
    select
        region,
        business_line,
        currency,
        gross_loss_minor,
        recovered_minor,
        net_loss_minor,
        0 as gmv_minor,
        net_loss_usd,
        0.00 as gmv_usd,
        is_usd_complete,
        loss_date as activity_date
    from {{ ref('mart_capital_loss_daily') }}
    union all
    select
        region,
        business_line,
        currency,
        0 as gross_loss_minor,
        0 as recovered_minor,
        0 as net_loss_minor,
        gmv_minor,
        0.00 as net_loss_usd,
        gmv_usd,
        is_usd_complete,
        gmv_date as activity_date
    from {{ ref('mart_gmv_daily') }}
),

mart_loss_rate_daily as (
    select
        region,
        business_line,
        currency,
        cast(sum(gross_loss_minor) as bigint) as gross_loss_minor,
        cast(sum(recovered_minor) as bigint) as recovered_minor,
        cast(sum(net_loss_minor) as bigint) as net_loss_minor,
        cast(sum(gmv_minor) as bigint) as gmv_minor,
        cast(sum(net_loss_usd) as decimal(18, 2)) as net_loss_usd,
        cast(sum(gmv_usd) as decimal(18, 2)) as gmv_usd,
        cast(round(
            10000 * cast(sum(net_loss_minor) as double)
            / nullif(cast(sum(gmv_minor) as double), 0),
            2
        ) as decimal(18, 2)) as net_loss_bps,
        bool_and(is_usd_complete) as is_usd_complete,
        activity_date
    from entries
    group by all
)

select * from mart_loss_rate_daily
