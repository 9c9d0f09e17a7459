-- Grain: one row per seller, calendar year and night on which the year's sales changed:
-- the sum of the year so far, as known that night.
with days as (
    select
        seller_id,
        cast(year(event_date) as bigint) as sales_year,
        sales,
        paid_eur,
        night
    from {{ ref('int_seller_sales_daily') }}
    where night <= {{ to_night() }}
),

int_seller_year_sales as (
    select
        seller_id,
        sales_year,
        cast(sum(sum(sales)) over so_far as bigint) as sales,
        cast(sum(sum(paid_eur)) over so_far as decimal(18, 2)) as paid_eur,
        night
    from days
    where {{ touched('seller_id', 'days') }}
    group by seller_id, sales_year, night
    window so_far as (partition by seller_id, sales_year order by night)
    qualify {{ in_range('night') }}
)

select * from int_seller_year_sales
