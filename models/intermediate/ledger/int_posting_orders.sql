{{ config(materialized='view') }}

-- Postings with the order they belong to, found through the item or the payment where
-- the posting itself does not name it: one row per posting.
with postings as (
    select * from {{ ref('fct_ledger_postings') }}
),

items as (
    select
        order_item_id,
        order_id,
        night
    from {{ ref('stg_order_items') }}
),

payments as (
    select
        payment_id,
        order_id,
        night
    from {{ ref('stg_payment_attempts') }}
),

int_posting_orders as (
    select
        postings.posting_id,
        postings.journal_id,
        postings.source_id,
        coalesce(postings.order_id, items.order_id, payments.order_id) as order_id,
        postings.order_item_id,
        postings.payment_id,
        postings.party_id,
        postings.party_type,
        postings.journal_kind,
        postings.source_table,
        postings.fact,
        postings.account,
        postings.component,
        postings.loss_type,
        postings.currency,
        postings.amount_minor,
        postings.amount_usd,
        cast(postings.event_at as date) as event_date,
        postings.night,
        greatest(
            postings.night,
            case
                when postings.order_id is not null then postings.night
                when items.order_id is not null then items.night
                when payments.order_id is not null then payments.night
            end
        ) as order_night
    from postings
    left join items on postings.order_item_id = items.order_item_id
    left join payments on postings.payment_id = payments.payment_id
)

select * from int_posting_orders
