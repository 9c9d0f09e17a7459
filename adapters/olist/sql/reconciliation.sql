-- Payments against items, one row per cause. What matches no item is the ledger's
-- unapplied cash. Up to 5 centavos read as rounding; more, on a card paid in
-- instalments, as their interest, which Olist keeps nowhere else.
with paid as (
    select
        order_id,
        sum(amount_minor) as paid_minor
    from landed_payment_attempts
    where result = 'approved'
    group by order_id
),

sold as (
    select
        order_id,
        sum(paid_minor) as sold_minor
    from landed_order_items
    group by order_id
),

instalments as (
    select
        order_id,
        max(cast(payment_installments as integer)) as instalment_count
    from csv_payments
    group by order_id
),

compared as (
    select
        orders.order_id,
        coalesce(instalments.instalment_count, 0) > 1 as is_in_instalments,
        sold.order_id is not null as has_items,
        coalesce(paid.paid_minor, 0) as paid_minor,
        coalesce(paid.paid_minor, 0) - coalesce(sold.sold_minor, 0) as difference_minor
    from landed_orders as orders
    left join paid on orders.order_id = paid.order_id
    left join sold on orders.order_id = sold.order_id
    left join instalments on orders.order_id = instalments.order_id
    where orders.record_seq = 1
),

causes as (
    select
        *,
        case
            when not has_items and paid_minor = 0 then '2 no items, nothing paid'
            when not has_items then '3 no items, paid'
            when difference_minor = 0 then '1 equal'
            when abs(difference_minor) <= 5 and difference_minor < 0
                then '4 below items, rounding'
            when abs(difference_minor) <= 5 then '5 above items, rounding'
            when difference_minor < 0 then '6 below items'
            when is_in_instalments then '7 above items, in instalments'
            else '8 above items'
        end as cause
    from compared
),

totals as (
    select
        cause,
        count(*) as order_count,
        cast(sum(paid_minor) as bigint) as paid_minor,
        cast(sum(difference_minor) as bigint) as difference_minor
    from causes
    group by cause

    union all

    select
        '9 all' as cause,
        count(*) as order_count,
        cast(sum(paid_minor) as bigint) as paid_minor,
        cast(sum(difference_minor) as bigint) as difference_minor
    from causes
)

select
    substr(totals.cause, 3) as cause,
    totals.order_count,
    totals.paid_minor,
    totals.difference_minor
from totals
order by totals.cause
