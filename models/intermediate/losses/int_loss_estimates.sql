-- What the losses of each payment month will come to: chain ladder and Mack's error
-- (ASTIN Bulletin 23, 1993), for the month and for all months of its triangle. One row
-- per night that ends a month, measure and payment month.
with triangles as (
    select * from {{ ref('int_loss_triangles') }}
    where {{ in_range('night') }}
),

factors as (
    select
        night,
        measure,
        development_month,
        cast(sum(cumulative) as double) as column_sum,
        sum(next_cumulative) / nullif(sum(cumulative), 0) as factor
    from triangles
    where next_cumulative is not null
    group by night, measure, development_month
),

variances as (
    select
        night,
        measure,
        development_month,
        sum(
            (next_cumulative - factor * cumulative) ** 2 / nullif(cumulative, 0)
            order by cohort_month
        ) / nullif(count(next_cumulative) - 1, 0) as variance
    from triangles
    inner join factors using (night, measure, development_month)
    group by night, measure, development_month
),

-- one pair of months tells no variance: Mack's guess from the two steps before
steps as (
    select
        factors.*,
        coalesce(
            variance,
            least(
                lag(variance) over step_order ** 2
                / nullif(lag(variance, 2) over step_order, 0),
                lag(variance, 2) over step_order,
                lag(variance) over step_order
            )
        ) / factor ** 2 as relative_variance
    from factors
    inner join variances using (night, measure, development_month)
    window step_order as (partition by night, measure order by development_month)
),

-- each step that is still to come for a payment month, and what it starts from
ahead as (
    select
        triangles.*,
        steps.development_month as step_month,
        steps.factor,
        steps.relative_variance,
        steps.column_sum,
        triangles.cumulative * product(steps.factor) over (
            partition by triangles.night, triangles.measure, triangles.cohort_month
            order by steps.development_month
        ) / steps.factor as projected
    from triangles
    left join steps
        on
            triangles.night = steps.night
            and triangles.measure = steps.measure
            and triangles.development_month <= steps.development_month
    where triangles.next_cumulative is null
),

developed as (
    select
        night,
        measure,
        cohort_month,
        development_month,
        cumulative,
        case
            when count(factor) = count(step_month)
                then coalesce(product(factor order by step_month), 1)
        end as growth,
        cumulative * growth as ultimate,
        sum(relative_variance / column_sum order by step_month) as shared,
        sum(relative_variance / nullif(projected, 0) order by step_month) as own
    from ahead
    group by night, measure, cohort_month, development_month, cumulative
),

-- months share their factors, so their errors do not cancel as independent ones would
varied as (
    select
        *,
        ultimate ** 2 * coalesce(own + shared, 0) as variance,
        2 * ultimate * coalesce(shared * sum(ultimate) over (
            partition by night, measure order by cohort_month
            rows between 1 following and unbounded following
        ), 0) as covariance
    from developed
),

int_loss_estimates as (
    select
        measure,
        cohort_month,
        development_month,
        cumulative as latest_value,
        cast(growth as decimal(18, 6)) as development_factor,
        cast(ultimate as decimal(18, 2)) as ultimate_value,
        cast(sqrt(variance) as decimal(18, 2)) as standard_error,
        cast(sqrt(sum(variance + covariance) over triangle) as decimal(18, 2))
            as total_standard_error,
        night
    from varied
    window triangle as (partition by night, measure)
)

select * from int_loss_estimates
