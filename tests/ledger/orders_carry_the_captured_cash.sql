-- Currencies in which the orders' captured money, with the payments that name no known
-- order of that currency, is not what the ledger captured.
with ledger as (
    select
        postings.currency,
        sum(postings.amount_minor) as captured_minor,
        sum(case when orders.order_id is null then postings.amount_minor else 0 end)
            as without_order_minor
    from {{ ref('fct_ledger_postings') }} as postings
    left join {{ ref('fct_orders') }} as orders
        on
            postings.order_id = orders.order_id
            and postings.currency = orders.currency
    where postings.account = 'psp_cash' and postings.source_table = 'payment_attempts'
    group by postings.currency
),

orders as (
    select
        currency,
        sum(captured_minor) as captured_minor
    from {{ ref('fct_orders') }}
    group by currency
)

select
    ledger.currency,
    ledger.captured_minor,
    ledger.without_order_minor,
    orders.captured_minor as orders_minor
from ledger
left join orders on ledger.currency = orders.currency
where ledger.captured_minor - ledger.without_order_minor
    != coalesce(orders.captured_minor, 0)
