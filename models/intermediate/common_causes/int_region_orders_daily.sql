-- Grain: one row per region, seller, date of the order and night: orders first known
-- that night. What comes a week late or later is left out: a past that was delivered in
-- one piece says nothing of how a usual day looked.
with orders as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }} and region is not null
),

moved as (
    select order_id from orders
    where {{ in_range('night') }}
),

first_versions as (
    select * from orders
    where order_id in (select moved.order_id from moved)
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

int_region_orders_daily as (
    select
        region,
        seller_id,
        cast(placed_at as date) as event_date,
        count(*) as orders,
        night
    from first_versions
    where {{ in_range('night') }} and night < cast(placed_at as date) + 7
    group by region, seller_id, cast(placed_at as date), night
)

select * from int_region_orders_daily
