-- What an order's exposure depends on besides its money: whose sale it is, where, and
-- when it was placed and delivered. One row per order and night on which any of it
-- changed.
with orders as (
    select
        order_id,
        record_seq,
        seller_id,
        region,
        business_line,
        placed_at,
        delivered_at,
        night
    from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and {{ touched('order_id', ref('stg_orders')) }}
),

versions as (
    {{ became_current('orders', ['order_id']) }}
),

compared as (
    select
        *,
        row(seller_id, region, business_line, placed_at, delivered_at) as terms
    from versions
),

changes as (
    select *
    from compared
    qualify
        row_number() over (partition by order_id order by night) = 1
        or terms is distinct from lag(terms) over (partition by order_id order by night)
),

int_exposure_orders as (
    select
        order_id,
        seller_id,
        region,
        business_line,
        placed_at,
        delivered_at,
        night
    from changes
    where {{ in_range('night') }}
)

select * from int_exposure_orders
