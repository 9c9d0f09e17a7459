-- Grain: one row per paid order whose first look at the product page was tracked, on
-- the night that was first known: how long its buyer took from there to paying.
with orders as (
    select * from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and coalesce(order_type, 'normal') = 'normal'
        and first_viewed_at is not null
        and paid_at >= first_viewed_at
),

touched as (
    select order_id from orders
    where {{ in_range('night') }}
),

first_versions as (
    select * from orders
    where order_id in (select touched.order_id from touched)
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

int_order_checkouts as (
    select
        order_id,
        buyer_user_id,
        region,
        date_diff('second', first_viewed_at, paid_at) as checkout_seconds,
        cast(paid_at as date) as paid_on,
        night
    from first_versions
    where {{ in_range('night') }}
)

select * from int_order_checkouts
