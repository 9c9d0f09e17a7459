-- Grain: one row per order of int_changed_orders and night whose buyer had ordered in
-- the 180 days before: how many orders, their median and their 95th percentile.
with judged as (
    select * from {{ ref('int_changed_orders') }}
    where {{ in_range('night') }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and buyer_user_id in (select judged.buyer_user_id from judged)
),

past_orders as (
    select
        judged.order_id,
        judged.night,
        sales.order_id as past_order_id,
        sum(sales.paid_usd) as paid_usd
    from judged
    inner join sales
        on
            judged.buyer_user_id = sales.buyer_user_id
            and judged.night >= sales.night
            and judged.placed_at > sales.placed_at
            and judged.placed_at - interval 180 days < sales.placed_at
            and judged.order_id != sales.order_id
    group by judged.order_id, judged.night, sales.order_id
    having count(*) = count(sales.paid_usd)
),

int_changed_order_habits as (
    select
        order_id,
        count(*) as orders_180d,
        cast(median(paid_usd) as decimal(18, 2)) as median_usd_180d,
        cast(quantile_disc(paid_usd, 0.95) as decimal(18, 2)) as high_usd_180d,
        night
    from past_orders
    group by order_id, night
)

select * from int_changed_order_habits
