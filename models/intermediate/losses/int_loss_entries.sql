{{ config(materialized='view') }}

-- Postings on loss accounts, each either a loss or money that made one good: one row
-- per posting.
with postings as (
    select *
    from {{ ref('int_posting_orders') }}
    where account like 'loss_%'
),

-- a carrier's claim that is written off is a loss at last, no recovery taken back; a
-- promotion that comes back with a refund or a void makes its abuse good
sides as (
    select
        *,
        (source_table = 'recoveries' and component != 'logistics')
        or fact in ('cash', 'cash_attribution', 'default_recovery')
        or (
            account = 'loss_incentive_abuse'
            and (
                fact in ('refund_attribution', 'void_attribution')
                or fact like '%_taken_back_attribution'
            )
        ) as is_recovery
    from postings
),

int_loss_entries as (
    select
        posting_id,
        journal_id,
        source_id,
        order_id,
        order_item_id,
        payment_id,
        case
            when order_id is null and party_type = 'seller' then party_id
        end as seller_id,
        source_table,
        fact,
        substr(account, 6) as loss_type,
        'platform' as bearer,
        case
            when journal_kind = 'reclass' then 'reclass'
            when is_recovery then 'recovery'
            else 'gross'
        end as entry,
        component,
        currency,
        amount_minor as net_minor,
        case when is_recovery then 0 else amount_minor end as gross_minor,
        case when is_recovery then -amount_minor else 0 end as recovered_minor,
        amount_usd as net_usd,
        case when is_recovery then 0 else amount_usd end as gross_usd,
        case when is_recovery then -amount_usd else 0 end as recovered_usd,
        event_date,
        night,
        order_night
    from sides
)

select * from int_loss_entries
