-- What is still to come: the losses that each payment month will have in the end, as
-- estimated at the end of each closed month. One row per valuation, measure and payment
-- month.
with estimates as (
    select * from {{ ref('int_loss_estimates') }}
),

volumes as (
    select
        night,
        cohort_month,
        side.measure,
        cast(
            case side.measure when 'loss_orders' then captured_orders else gmv_usd end
            as double
        ) as exposure
    from {{ ref('int_cohort_volumes') }}
    cross join
        (values ('gross_usd'), ('net_usd'), ('loss_orders')) as side (measure)
),

exposed as (
    select
        estimates.*,
        coalesce(volumes.exposure, 0) as exposure,
        coalesce(1 / nullif(cast(estimates.development_factor as double), 0), 0)
            as developed_share
    from estimates
    left join volumes using (night, measure, cohort_month)
),

-- what is lost of each unit sold, over all payment months (Cape Cod)
rates as (
    select
        night,
        measure,
        sum(latest_value)
        / nullif(sum(exposure * developed_share order by cohort_month), 0) as loss_rate
    from exposed
    group by night, measure
),

chosen as (
    select
        exposed.*,
        rates.loss_rate,
        exposed.latest_value
        + rates.loss_rate * exposed.exposure * (1 - exposed.developed_share)
            as bornhuetter_ferguson_value,
        case
            when exposed.latest_value = 0
                or exposed.development_month = 1
                or exposed.development_factor is null
                then 'bornhuetter_ferguson'
            else 'chain_ladder'
        end as method
    from exposed
    inner join rates using (night, measure)
),

mart_loss_reserves as (
    select
        measure,
        cohort_month,
        development_month,
        latest_value,
        cast(exposure as decimal(18, 2)) as exposure,
        cast(loss_rate as decimal(18, 8)) as loss_rate,
        development_factor,
        ultimate_value as chain_ladder_value,
        standard_error,
        total_standard_error,
        cast(bornhuetter_ferguson_value as decimal(18, 2))
            as bornhuetter_ferguson_value,
        method,
        cast(
            case method when 'chain_ladder' then ultimate_value
                else bornhuetter_ferguson_value
            end
            as decimal(18, 2)
        ) as ultimate_value,
        night as valued_on
    from chosen
)

select * from mart_loss_reserves
