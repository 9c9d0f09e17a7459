-- What does not add up, and why: every amount the ledger holds in unapplied_cash, and
-- orders paid less than their items. One row per subject, currency and cause.
with described as (
    select * from {{ ref('int_reconciliation_subjects') }}
),

mart_reconciliation_breaks as (
    select
        md5(concat_ws('|', subject_type, subject_id, currency, unapplied_minor = 0))
            as break_id,
        subject_id,
        order_id,
        subject_type,
        case
            when subject_type = 'payment_attempts' then 'unknown_order'
            when subject_type = 'order' and order_id is null then 'unknown_order'
            when subject_type = 'order' and not has_items then 'order_without_items'
            when subject_type = 'order' and items_minor is null then 'currency_mismatch'
            when
                subject_type = 'order' and unapplied_minor = 0
                then 'payment_below_items'
            when subject_type = 'order'
                and unapplied_minor = captured_minor - items_minor
                then 'payment_above_items'
            when
                subject_type = 'order' and unapplied_minor < 0
                then 'void_above_capture'
            when
                subject_type = 'refunds' and refunded_item_id is null
                then 'unknown_item'
            when
                subject_type = 'refunds' and refunded_order_id is null
                then 'unknown_order'
            when subject_type = 'refunds' and refunded_currency != currency
                then 'currency_mismatch'
            when subject_type = 'dispute_events' and unapplied_minor > 0
                then 'dispute_above_opening'
            when subject_type = 'dispute_events' then 'unknown_order'
            when subject_type = 'recoveries' then 'unknown_party'
            else 'unexplained'
        end as cause,
        currency,
        cast(items_minor as bigint) as items_minor,
        cast(captured_minor as bigint) as captured_minor,
        cast(unapplied_minor as bigint) as unapplied_minor,
        cast(missing_minor as bigint) as missing_minor,
        cast(unapplied_usd as decimal(18, 2)) as unapplied_usd
    from described
)

select * from mart_reconciliation_breaks
