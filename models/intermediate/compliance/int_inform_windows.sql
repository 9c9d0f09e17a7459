{{ config(materialized='view') }}

-- Sales of new goods in each trading year the INFORM act can look at: those that start
-- on a day with sales, and the one that starts tomorrow. One row per seller and first
-- day of a year.
with sellers as (
    select * from {{ ref('int_regulated_sellers') }}
    where is_inform_law
),

days as (
    select * from {{ ref('int_seller_sale_days') }}
    where new_goods_sales > 0
),

starts as (
    select
        seller_id,
        event_date as window_start_date
    from days
    union all
    select
        seller_id,
        as_of_date + 1 as window_start_date
    from sellers
),

int_inform_windows as (
    select
        sellers.seller_id,
        cast(coalesce(sum(days.new_goods_sales), 0) as bigint) as sales,
        cast(coalesce(sum(days.new_goods_usd), 0) as decimal(18, 2)) as paid_usd,
        coalesce(bool_and(days.is_usd_complete), true) as is_usd_complete,
        starts.window_start_date,
        starts.window_start_date + sellers.trading_year_days - 1 as window_end_date
    from sellers
    inner join starts on sellers.seller_id = starts.seller_id
    left join days
        on
            starts.seller_id = days.seller_id
            and starts.window_start_date <= days.event_date
            and starts.window_start_date + sellers.trading_year_days > days.event_date
    where
        starts.window_start_date
        > sellers.as_of_date - sellers.trading_year_days - sellers.inform_memory_days
    group by sellers.seller_id, starts.window_start_date, sellers.trading_year_days
)

select * from int_inform_windows
