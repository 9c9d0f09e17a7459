-- Grain: one row per order item that was refunded after it was fulfilled, on the night
-- of the first such refund: when it was asked for, else when it was paid.
with refunds as (
    select * from {{ ref('int_order_refunds') }}
    where night <= {{ to_night() }} and is_after_sales and order_item_id is not null
),

first_refunds as (
    select * from refunds
    qualify row_number() over (
            partition by order_item_id order by night, succeeded_at, refund_id
        ) = 1
),

int_item_returns as (
    select
        first_refunds.order_item_id,
        first_refunds.order_id,
        first_refunds.refund_id,
        first_refunds.night,
        coalesce(min(claims.requested_at), first_refunds.succeeded_at) as returned_at
    from first_refunds
    left join {{ ref('stg_returns') }} as claims
        on
            first_refunds.return_id = claims.return_id
            and first_refunds.night >= claims.night
    where {{ in_range('first_refunds.night') }}
    group by
        first_refunds.order_item_id,
        first_refunds.order_id,
        first_refunds.refund_id,
        first_refunds.night,
        first_refunds.succeeded_at
)

select * from int_item_returns
