-- Grain: one row per cancelled order, on the night the first version that says so
-- arrived.
with cancelled as (
    select * from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and (cancelled_at is not null or status = 'cancelled')
),

int_order_cancellations as (
    select
        order_id,
        min(night) as night
    from cancelled
    group by order_id
    having {{ in_range('min(night)') }}
)

select * from int_order_cancellations
