{{ config(materialized='incremental', incremental_strategy='replace_nights') }}

-- How bad a day and a week have been: empirical quantiles of net loss over the 365 days
-- that end on a night, the mean of the worst 5 %, and how much of the loss ten clusters
-- of sellers hold. Not a capital model. One row per night and period.
with periods as (
    select
        *,
        count(*) over ranks as periods,
        row_number() over (ranks order by net_usd, period_no) as place
    from {{ ref('int_loss_periods') }}
    where {{ in_range('night') }}
    window ranks as (partition by night, period)
),

holders as (
    select
        *,
        row_number() over (partition by night order by net_usd desc, cluster_id asc)
            as place
    from {{ ref('int_loss_holders') }}
    where {{ in_range('night') }} and net_usd > 0 and cluster_id is not null
),

-- what no known seller's order lost is part of all, but no holder
shares as (
    select
        night,
        sum(net_usd) filter (where net_usd > 0) as positive_usd
    from {{ ref('int_loss_holders') }}
    where {{ in_range('night') }}
    group by night
),

top_holders as (
    select
        shares.night,
        coalesce(sum(holders.net_usd), 0) / max(shares.positive_usd) as top_10_share
    from shares
    left join holders on shares.night = holders.night and holders.place <= 10
    where shares.positive_usd > 0
    group by shares.night
),

quantiles as (
    select
        night,
        period,
        max(periods) as periods,
        sum(net_usd) as net_loss_usd,
        min(net_usd) filter (where place >= 0.95 * periods) as var_95_usd,
        min(net_usd) filter (where place >= 0.99 * periods) as var_99_usd,
        avg(net_usd) filter (where place > periods - ceil(0.05 * periods)) as es_95_usd
    from periods
    group by night, period
),

mart_loss_quantiles as (
    select
        quantiles.period,
        quantiles.periods,
        cast(quantiles.net_loss_usd as decimal(18, 2)) as net_loss_usd,
        quantiles.var_95_usd,
        quantiles.var_99_usd,
        cast(quantiles.es_95_usd as decimal(18, 2)) as es_95_usd,
        cast(top_holders.top_10_share as decimal(9, 6)) as top_10_share,
        quantiles.night
    from quantiles
    left join top_holders on quantiles.night = top_holders.night
)

select * from mart_loss_quantiles
