-- Grain: one row per order, item, payment, party or source row and currency of the
-- ledger: whether the closed books hold anything of it.
with postings as (
    select
        source_table,
        case
            when source_table = 'dispute_events' then split_part(source_id, ':', 1)
            else source_id
        end as source_subject,
        order_id,
        order_item_id,
        payment_id,
        party_type,
        party_id,
        currency,
        coalesce(
            scope_of(cast(event_at as date), night) != 'after_month', false
        ) as is_closed
    from published.fct_ledger_postings
),

kinds as (
    select
        source_table as subject_type,
        source_subject as subject_id,
        currency,
        is_closed
    from postings
    union all
    select 'order', order_id, currency, is_closed from postings
    union all
    select 'order_item', order_item_id, currency, is_closed from postings
    union all
    select 'payment_attempts', payment_id, currency, is_closed from postings
    union all
    select party_type, party_id, currency, is_closed from postings
)

select
    subject_type,
    subject_id,
    currency,
    bool_or(is_closed) as is_closed
from kinds
where subject_type is not null and subject_id is not null
group by subject_type, subject_id, currency
