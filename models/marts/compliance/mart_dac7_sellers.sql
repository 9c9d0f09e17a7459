-- Which sellers a platform in the European Union reports for a year (DAC7), how far the
-- others are from it and when they get there at their present pace. One row per seller
-- whom the law covers and calendar year with sales.
with sellers as (
    select * from {{ ref('int_regulated_sellers') }}
    where is_eu_law
),

days as (
    select
        *,
        year(event_date) as sales_year
    from {{ ref('int_seller_sale_days') }}
),

years as (
    select
        days.seller_id,
        days.sales_year,
        sum(days.sales) as sales,
        sum(days.paid_eur) as paid_eur,
        bool_and(days.is_eur_complete) as is_eur_complete
    from days
    inner join sellers on days.seller_id = sellers.seller_id
    group by days.seller_id, days.sales_year
),

paces as (
    select
        sellers.seller_id,
        sum(days.sales) as pace_sales,
        sum(days.paid_eur) as pace_eur
    from sellers
    inner join days
        on
            sellers.seller_id = days.seller_id
            and sellers.as_of_date - sellers.pace_days < days.event_date
            and sellers.as_of_date >= days.event_date
    group by sellers.seller_id
),

-- sales reach their limit, euros must pass theirs
projected as (
    select
        years.*,
        years.sales >= sellers.dac7_min_sales
        or years.paid_eur > sellers.dac7_over_eur as is_reached,
        sellers.as_of_date + cast(least(
            ceil(
                (sellers.dac7_min_sales - years.sales) * sellers.pace_days
                / nullif(paces.pace_sales, 0)
            ),
            floor(
                (sellers.dac7_over_eur - years.paid_eur) * sellers.pace_days
                / nullif(paces.pace_eur, 0)
            ) + 1
        ) as integer) as crossing_on
    from years
    inner join sellers on years.seller_id = sellers.seller_id
    left join paces on years.seller_id = paces.seller_id
),

mart_dac7_sellers as (
    select
        sellers.seller_id,
        sellers.region,
        sellers.business_line,
        sellers.status,
        cast(projected.sales_year as integer) as sales_year,
        cast(projected.sales as bigint) as sales,
        cast(sellers.dac7_min_sales as integer) as limit_sales,
        cast(
            greatest(sellers.dac7_min_sales - projected.sales, 0) as bigint
        ) as sales_to_limit,
        cast(projected.paid_eur as decimal(18, 2)) as paid_eur,
        cast(sellers.dac7_over_eur as decimal(18, 2)) as limit_eur,
        cast(
            greatest(sellers.dac7_over_eur - projected.paid_eur, 0) as decimal(18, 2)
        ) as eur_to_limit,
        case
            when projected.is_reached or projected.is_eur_complete
                then projected.is_reached
        end as is_reportable,
        sellers.has_name
        and sellers.has_address
        and sellers.has_tax_id
        and sellers.has_payout_account as has_report_data,
        case
            when
                not projected.is_reached
                and year(sellers.as_of_date) = projected.sales_year
                and year(projected.crossing_on) = projected.sales_year
                then projected.crossing_on
        end as crossed_on,
        sellers.as_of_date
    from projected
    inner join sellers on projected.seller_id = sellers.seller_id
)

select * from mart_dac7_sellers
