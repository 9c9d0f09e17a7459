-- Grain: one row per category, region and baseline night (null: all of them): what all
-- but the dearest tenth of pieces sold in 90 days cost at most. Fewer than 30 items: no
-- row, nothing is usual.
with baselines as (
    {{ baseline_nights() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and paid_usd is not null
        and quantity > 0
        and cast(placed_at as date) > {{ from_night() }} - 90
),

sold as (
    select
        sales.category_l1,
        sales.region,
        cast(sales.paid_usd / sales.quantity as decimal(18, 2)) as piece_usd,
        baselines.night
    from baselines
    inner join sales
        on
            baselines.night >= sales.night
            and cast(sales.placed_at as date) > baselines.night - 90
    where sales.category_l1 is not null and sales.region is not null
),

levels (by_category, by_region) as (
    values (true, true), (true, false), (false, false)
),

placed as (
    select
        case when levels.by_category then sold.category_l1 end as category_l1,
        case when levels.by_region then sold.region end as region,
        sold.piece_usd,
        sold.night
    from sold
    cross join levels
),

int_category_prices as (
    select
        category_l1,
        region,
        count(*) as items,
        quantile_disc(piece_usd, 0.9) as dear_usd,
        night
    from placed
    group by category_l1, region, night
    having count(*) >= 30
)

select * from int_category_prices
