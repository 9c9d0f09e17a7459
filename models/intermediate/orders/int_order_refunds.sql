-- Grain: one row per refund, on the night it could be told which order it belongs to:
-- through the order item it names, or through the payment when it names none.
with refunds as (
    select * from {{ ref('stg_refunds') }}
    where night <= {{ to_night() }}
),

items as (
    select * from {{ ref('stg_order_items') }}
    where night <= {{ to_night() }}
),

payments as (
    select * from {{ ref('stg_payment_attempts') }}
    where night <= {{ to_night() }} and order_id is not null
),

captures as (
    select payment_id, night from {{ ref('stg_payment_attempts') }}
    where night <= {{ to_night() }} and kind = 'capture' and result = 'approved'
),

currencies as (
    select * from {{ ref('ref_currencies') }}
),

linked as (
    select
        refunds.refund_id,
        coalesce(items.order_id, payments.order_id) as order_id,
        refunds.order_item_id,
        refunds.payment_id,
        refunds.return_id,
        refunds.currency,
        refunds.refund_type,
        refunds.amount_minor,
        cast(refunds.succeeded_at as date) as rate_for,
        refunds.succeeded_at,
        greatest(refunds.night, coalesce(items.night, payments.night)) as night
    from refunds
    left join items on refunds.order_item_id = items.order_item_id
    left join payments
        on refunds.order_item_id is null and refunds.payment_id = payments.payment_id
    where
        coalesce(items.order_id, payments.order_id) is not null
        and {{ in_range(
            'greatest(refunds.night, coalesce(items.night, payments.night))'
        ) }}
),

rates as (
    {{ known_rates('linked') }}
),

int_order_refunds as (
    select
        linked.refund_id,
        linked.order_id,
        linked.order_item_id,
        captures.payment_id as capture_id,
        linked.return_id,
        linked.currency,
        linked.refund_type,
        linked.amount_minor,
        {{ amount_in_usd(
            'linked.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as amount_usd,
        linked.refund_type != 'cancellation' as is_after_sales,
        linked.night,
        linked.succeeded_at
    from linked
    left join currencies on linked.currency = currencies.currency
    left join rates
        on
            linked.currency = rates.currency
            and linked.rate_for = rates.rate_for
            and linked.night = rates.night
    left join captures
        on linked.payment_id = captures.payment_id and linked.night >= captures.night
)

select * from int_order_refunds
