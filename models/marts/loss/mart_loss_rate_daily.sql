-- Net loss over GMV, both by the day they happened (reporting basis, not cohort): the
-- one definition of the loss rate. One row per day, region, business line, currency.
with last_coverage as (
    select
        metric_id,
        is_ready
    from {{ ref('fct_metric_coverage') }}
    qualify row_number() over (partition by metric_id order by night desc) = 1
),

coverage as (
    select
        count(*) filter (where metric_id = 'net_loss' and is_ready) > 0 as is_loss_known
    from last_coverage
),

entries as (
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

summed as (
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
),

-- a loss that nobody reports is unknown, not zero
mart_loss_rate_daily as (
    select
        summed.region,
        summed.business_line,
        summed.currency,
        case when coverage.is_loss_known then summed.gross_loss_minor end
            as gross_loss_minor,
        case when coverage.is_loss_known then summed.recovered_minor end
            as recovered_minor,
        case when coverage.is_loss_known then summed.net_loss_minor end
            as net_loss_minor,
        summed.gmv_minor,
        case when coverage.is_loss_known then summed.net_loss_usd end as net_loss_usd,
        summed.gmv_usd,
        case when coverage.is_loss_known then summed.net_loss_bps end as net_loss_bps,
        summed.is_usd_complete,
        summed.activity_date
    from summed
    cross join coverage
)

select * from mart_loss_rate_daily
