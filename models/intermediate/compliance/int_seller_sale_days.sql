{{ config(materialized='view') }}

-- Paid, uncancelled sales of a seller by day, as known by now. One row per seller and
-- day with sales.
with int_seller_sale_days as (
    select
        seller_id,
        cast(sum(sales) as bigint) as sales,
        cast(sum(new_goods_sales) as bigint) as new_goods_sales,
        cast(sum(new_goods_usd) as decimal(18, 2)) as new_goods_usd,
        cast(sum(paid_eur) as decimal(18, 2)) as paid_eur,
        sum(unpriced_sales) = 0 as is_usd_complete,
        sum(unpriced_sales) = 0
        and (sum(paid_eur) != 0 or sum(paid_usd) = 0) as is_eur_complete,
        event_date
    from {{ ref('int_seller_sales_daily') }}
    group by seller_id, event_date
    having sum(sales) != 0
)

select * from int_seller_sale_days
