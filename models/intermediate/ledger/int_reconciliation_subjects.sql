{{ config(materialized='view') }}

-- What the ledger holds in unapplied_cash, what orders are short of and what incentives
-- it could not post, beside what is known of the order, item and payments. One row per
-- subject, currency and kind.
with unapplied as (
    select
        case
            when source_table = 'payment_attempts' and order_id is not null then 'order'
            else source_table
        end as subject_type,
        case
            when source_table = 'payment_attempts' then coalesce(order_id, payment_id)
            when source_table = 'dispute_events' then split_part(source_id, ':', 1)
            else source_id
        end as subject_id,
        currency,
        -sum(amount_minor) as unapplied_minor,
        -sum(amount_usd) as unapplied_usd,
        cast(null as bigint) as unposted_minor
    from {{ ref('fct_ledger_postings') }}
    where account = 'unapplied_cash'
    group by all
    having sum(amount_minor) != 0
),

orders as (
    select distinct order_id from {{ ref('stg_orders') }}
),

items as (
    select * from {{ ref('stg_order_items') }}
),

item_totals as (
    select
        order_id,
        currency,
        sum(paid_minor) as items_minor
    from items
    group by order_id, currency
),

captures as (
    select
        order_id,
        currency,
        sum(cash_minor) as captured_minor
    from {{ ref('int_ledger_facts_payments') }}
    group by order_id, currency
),

underpaid as (
    select
        'order' as subject_type,
        captures.order_id as subject_id,
        captures.currency,
        0 as unapplied_minor,
        0.00 as unapplied_usd,
        cast(null as bigint) as unposted_minor
    from captures
    inner join item_totals
        on
            captures.order_id = item_totals.order_id
            and captures.currency = item_totals.currency
    where captures.captured_minor > 0
        and captures.captured_minor < item_totals.items_minor
),

unposted as (
    select * from {{ ref('int_unposted_accruals') }}
),

subjects as (
    select *
    from unapplied
    union all
    select * from underpaid
    union all
    select * from unposted
),

int_reconciliation_subjects as (
    select
        subjects.* exclude (unposted_minor),
        coalesce(orders.order_id, refunded.order_id) as order_id,
        item_totals.items_minor,
        captures.captured_minor,
        coalesce(
            subjects.unposted_minor,
            greatest(item_totals.items_minor - captures.captured_minor, 0)
        ) as missing_minor,
        refunded.order_item_id as refunded_item_id,
        refunded.currency as refunded_currency,
        refunded_orders.order_id as refunded_order_id,
        exists(
            select 1 from items
            where items.order_id = subjects.subject_id
        ) as has_items
    from subjects
    left join
        orders
        on subjects.subject_type = 'order' and subjects.subject_id = orders.order_id
    left join item_totals
        on
            subjects.subject_type = 'order'
            and subjects.subject_id = item_totals.order_id
            and subjects.currency = item_totals.currency
    left join captures
        on
            subjects.subject_type = 'order'
            and subjects.subject_id = captures.order_id
            and subjects.currency = captures.currency
    left join {{ ref('stg_refunds') }} as refunds
        on subjects.subject_type = 'refunds' and subjects.subject_id = refunds.refund_id
    left join items as refunded on refunds.order_item_id = refunded.order_item_id
    left join orders as refunded_orders on refunded.order_id = refunded_orders.order_id
)

select * from int_reconciliation_subjects
