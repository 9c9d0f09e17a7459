{{ config(materialized='view') }}

-- Money that left beyond what had come in: refunded or lost above what was captured, or
-- taken back from a payment nobody knows. One row per subject, currency and cause.
with postings as (
    select *
    from {{ ref('int_posting_orders') }}
    where source_table in ('payment_attempts', 'refunds', 'dispute_events')
),

payments as (
    select * from {{ ref('stg_payment_attempts') }}
),

-- an item's lines of a capture leave as much open as was paid for it
items as (
    select
        order_item_id,
        currency,
        max(order_id) as order_id,
        -coalesce(
            sum(amount_minor) filter (where source_table = 'payment_attempts'), 0
        ) as captured_minor,
        -sum(amount_minor) filter (
            where source_table = 'refunds' and account in ('psp_cash', 'unapplied_cash')
        ) as refunded_minor
    from postings
    where order_item_id is not null
    group by order_item_id, currency
),

orders as (
    select
        order_id,
        case when order_id is null then payment_id end as payment_id,
        currency,
        sum(amount_minor) filter (
            where source_table = 'payment_attempts' and account = 'psp_cash'
        ) as captured_minor,
        -coalesce(sum(amount_minor) filter (
            where source_table = 'refunds' and account in ('psp_cash', 'unapplied_cash')
        ), 0) as refunded_minor,
        -sum(amount_minor) filter (
            where source_table = 'dispute_events' and fact != 'fee'
            and account in ('psp_cash', 'unapplied_cash', 'dispute_clearing')
        ) as lost_minor
    from postings
    where order_id is not null or payment_id is not null
    group by all
),

voids as (
    select
        coalesce(voids.parent_payment_id, voids.payment_id) as payment_id,
        max(voids.order_id) as order_id,
        coalesce(voided.currency, voids.currency) as currency,
        max(voided.amount_minor) as captured_minor,
        sum(voids.amount_minor) as voided_minor
    from payments as voids
    left join payments as voided on voids.parent_payment_id = voided.payment_id
    where
        voids.kind = 'void'
        and voids.result = 'approved'
        and coalesce(voided.kind, 'capture') = 'capture'
        and coalesce(voided.result, 'approved') = 'approved'
    group by all
),

int_excess_payments as (
    select
        'order_item' as subject_type,
        order_item_id as subject_id,
        order_id,
        currency,
        'refunded_above_captured' as cause,
        captured_minor,
        refunded_minor - captured_minor as excess_minor
    from items
    where refunded_minor > 0 and refunded_minor > captured_minor
    union all
    select
        case when order_id is null then 'payment_attempts' else 'order' end
            as subject_type,
        coalesce(order_id, payment_id) as subject_id,
        order_id,
        currency,
        case
            when captured_minor is null and order_id is null then 'unknown_payment'
            when captured_minor is null then 'currency_mismatch'
            when refunded_minor > 0 then 'double_dip'
            else 'disputed_above_captured'
        end as cause,
        captured_minor,
        refunded_minor + lost_minor - coalesce(captured_minor, 0) as excess_minor
    from orders
    where
        lost_minor > 0 and refunded_minor + lost_minor > coalesce(captured_minor, 0)
    union all
    select
        'payment_attempts' as subject_type,
        payment_id as subject_id,
        order_id,
        currency,
        case when captured_minor is null then 'void_of_unknown_payment'
            else 'void_above_capture'
        end as cause,
        captured_minor,
        voided_minor - coalesce(captured_minor, 0) as excess_minor
    from voids
    where voided_minor > coalesce(captured_minor, 0)
)

select * from int_excess_payments
