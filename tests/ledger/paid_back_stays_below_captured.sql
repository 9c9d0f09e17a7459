-- Items and orders for which more was refunded, or lost, than was captured, and items
-- whose promotions cost more than their discounts, unless mart_reconciliation_breaks
-- says so. Refunds are read from the raw table, with those in unapplied_cash left out.
-- Disputes are held per order: their split over the items is a convention.
with breaks as (
    select * from {{ ref('mart_reconciliation_breaks') }}
),

raw_refunds as (
    select refunds.*
    from {{ ref('stg_refunds') }} as refunds
    left join breaks
        on
            breaks.subject_type = 'refunds'
            and breaks.unapplied_minor != 0
            and refunds.refund_id = breaks.subject_id
    where breaks.subject_id is null
),

refunds as (
    select
        order_item_id,
        currency,
        sum(amount_minor) as refunded_minor
    from raw_refunds
    group by order_item_id, currency
),

postings as (
    select * from {{ ref('int_posting_orders') }}
),

items as (
    select
        order_item_id,
        currency,
        max(order_id) as order_id,
        -coalesce(
            sum(amount_minor) filter (where source_table = 'payment_attempts'), 0
        ) as captured_minor,
        coalesce(sum(amount_minor) filter (
            where account like 'loss_%' and component = 'principal'
            and source_table not in ('recoveries', 'dispute_events')
        ), 0) as lost_minor,
        coalesce(sum(amount_minor) filter (
            where account = 'promo_expense' and component = 'platform_discount'
        ), 0) as discount_minor,
        coalesce(sum(amount_minor) filter (
            where account = 'promo_expense' and component = 'ship_subsidy'
        ), 0) as subsidy_minor
    from postings
    where order_item_id is not null
    group by order_item_id, currency
),

item_limits as (
    select
        items.order_item_id as subject_id,
        items.order_id,
        items.currency,
        coalesce(refunds.refunded_minor, 0) > items.captured_minor
        or items.lost_minor > items.captured_minor
        or items.discount_minor not between 0
        and coalesce(sold.platform_discount_minor, 0)
        or items.subsidy_minor not between 0
        and coalesce(sold.shipping_subsidy_minor, 0) as is_beyond
    from items
    left join refunds
        on
            items.order_item_id = refunds.order_item_id
            and items.currency = refunds.currency
    left join {{ ref('stg_order_items') }} as sold
        on items.order_item_id = sold.order_item_id
),

orders as (
    select
        coalesce(order_id, payment_id) as subject_id,
        currency,
        coalesce(sum(amount_minor) filter (
            where source_table = 'payment_attempts' and account = 'psp_cash'
        ), 0) as captured_minor,
        -coalesce(sum(amount_minor) filter (
            where source_table = 'refunds' and account in ('psp_cash', 'unapplied_cash')
        ), 0) as refunded_minor,
        coalesce(sum(amount_minor) filter (
            where source_table = 'dispute_events' and fact != 'fee'
            and (account like 'loss_%' or account like 'seller_%')
        ), 0) as lost_minor
    from postings
    group by coalesce(order_id, payment_id), currency
),

beyond as (
    select
        subject_id,
        order_id,
        currency
    from item_limits
    where is_beyond
    union all
    select
        subject_id,
        subject_id as order_id,
        currency
    from orders
    where lost_minor > 0 and refunded_minor + lost_minor > captured_minor
)

select beyond.*
from beyond
left join breaks
    on
        breaks.subject_id in (beyond.subject_id, beyond.order_id)
        and breaks.excess_minor > 0
        and beyond.currency = breaks.currency
where breaks.break_id is null
