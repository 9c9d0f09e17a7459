-- The loss triangle: what each payment month had lost by each month after it, as known
-- at the end of a closed month. One row per night that ends a month, measure, payment
-- month and development month; months in which nothing was lost are rows of 0.
with developments as (
    select
        night,
        cohort_month,
        development_month,
        cast(gross_usd as decimal(18, 2)) as gross_usd,
        cast(net_usd as decimal(18, 2)) as net_usd,
        cast(loss_orders as decimal(18, 2)) as loss_orders
    from {{ ref('int_loss_developments') }}
    where {{ in_range('night') }}
),

increments as (
    unpivot developments
    on gross_usd, net_usd, loss_orders
    into name measure value increment
),

cohorts as (
    select
        night,
        measure,
        unnest(generate_series(
            min(cohort_month),
            date_trunc('month', night),
            interval 1 month
        )) as cohort_month
    from increments
    group by night, measure
),

cells as (
    select
        night,
        measure,
        cast(cohort_month as date) as cohort_month,
        unnest(range(1, 2 + date_diff('month', cohort_month, night)))
            as development_month
    from cohorts
),

known as (
    select
        night,
        measure,
        cohort_month,
        development_month,
        coalesce(increment, 0) as increment,
        sum(coalesce(increment, 0)) over (
            partition by night, measure, cohort_month order by development_month
        ) as cumulative
    from cells
    left join increments using (night, measure, cohort_month, development_month)
),

int_loss_triangles as (
    select
        measure,
        cohort_month,
        cast(development_month as integer) as development_month,
        cast(increment as decimal(18, 2)) as increment,
        cast(cumulative as decimal(18, 2)) as cumulative,
        cast(lead(cumulative) over (
            partition by night, measure, cohort_month order by development_month
        ) as decimal(18, 2)) as next_cumulative,
        night
    from known
)

select * from int_loss_triangles
