-- Refunds with their order, from the night on which both are known: through the item or
-- the payment, whichever told first. One row per refund.
with all_refunds as (
    select * from {{ ref('stg_refunds') }}
    where night <= {{ to_night() }}
),

refunds as (
    select *
    from all_refunds
    where
        {{ in_range('night') }}
        or {{ touched('order_item_id', ref('stg_order_items')) }}
        or {{ touched('payment_id', ref('stg_payment_attempts')) }}
),

told as (
    select
        refunds.*,
        items.order_id,
        greatest(refunds.night, items.night) as known_night,
        1 as told_by
    from refunds
    inner join {{ ref('stg_order_items') }} as items
        on refunds.order_item_id = items.order_item_id
    where items.night <= {{ to_night() }}
    union all
    select
        refunds.*,
        payments.order_id,
        greatest(refunds.night, payments.night) as known_night,
        2 as told_by
    from refunds
    inner join {{ ref('stg_payment_attempts') }} as payments
        on refunds.payment_id = payments.payment_id
    where payments.night <= {{ to_night() }} and payments.order_id is not null
),

first_told as (
    select *
    from told
    qualify
        row_number() over (partition by refund_id order by known_night, told_by) = 1
),

int_exposure_refunds as (
    select
        refund_id,
        order_id,
        currency,
        amount_minor,
        succeeded_at,
        known_night as night
    from first_told
    where {{ in_range('known_night') }}
)

select * from int_exposure_refunds
