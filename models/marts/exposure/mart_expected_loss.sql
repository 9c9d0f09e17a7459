-- What the platform should expect to lose of what is exposed, at the end of each closed
-- month: probability of default by age, times exposure at default, times loss given
-- default. One row per valuation, region and maturity bucket with exposure.
with matured as (
    select * from {{ ref('int_matured_losses') }}
),

exposed as (
    select
        night,
        region,
        maturity_bucket,
        sum(gross_usd) as gross_usd,
        sum(ead_usd) as ead_usd
    from {{ ref('mart_exposure_daily') }}
    where night = last_day(night)
    group by night, region, maturity_bucket
),

-- what was lost on all regions' orders, and how much regions differ beyond chance
pooled as (
    select
        night,
        maturity_bucket,
        cast(sum(lost_usd) as double) / sum(captured_usd) as loss_rate,
        cast(sum(bad_orders) as double) / sum(matured_orders) as bad_share,
        {{ eb_variance(
            'count(*)', 'sum(bad_orders)', 'sum(matured_orders)',
            'sum(cast(bad_orders as double) ** 2 / matured_orders order by region)',
            'sum(matured_orders * matured_orders)'
        ) }} as bad_share_variance
    from matured
    group by night, maturity_bucket
),

-- how many orders of its own a region must have to be believed half
strengths as (
    select
        *,
        {{ eb_strength('bad_share', 'bad_share_variance') }} as strength
    from pooled
),

severities as (
    select
        matured.night,
        1 - cast(sum(matured.recovered_usd) as double)
        / nullif(sum(matured.lost_usd), 0) as lgd
    from matured
    inner join {{ ref('ref_maturity_buckets') }} as buckets
        on matured.maturity_bucket = buckets.maturity_bucket
    where buckets.from_day = 0
    group by matured.night
),

rated as (
    select
        exposed.*,
        coalesce(matured.matured_orders, 0) as matured_orders,
        matured.captured_usd as matured_usd,
        coalesce(matured.matured_orders, 0) + strengths.strength as weight,
        cast((
            coalesce(
                cast(matured.lost_usd as double) / matured.captured_usd
                * matured.matured_orders, 0
            ) + strengths.loss_rate * strengths.strength
        ) / weight as decimal(9, 6)) as pd,
        cast(case
            when strengths.strength is not null then coalesce(severities.lgd, 1)
        end as decimal(9, 6)) as lgd
    from exposed
    left join strengths
        on
            exposed.night = strengths.night
            and exposed.maturity_bucket = strengths.maturity_bucket
    left join severities on exposed.night = severities.night
    left join matured
        on
            exposed.night = matured.night
            and exposed.region = matured.region
            and exposed.maturity_bucket = matured.maturity_bucket
),

mart_expected_loss as (
    select
        region,
        maturity_bucket,
        cast(matured_orders as bigint) as matured_orders,
        cast(matured_usd as decimal(18, 2)) as matured_usd,
        pd,
        lgd,
        cast(gross_usd as decimal(18, 2)) as gross_usd,
        cast(ead_usd as decimal(18, 2)) as ead_usd,
        cast(pd * lgd * ead_usd as decimal(18, 2)) as expected_loss_usd,
        cast(pd * lgd * gross_usd as decimal(18, 2)) as unsecured_loss_usd,
        night as valued_on
    from rated
)

select * from mart_expected_loss
