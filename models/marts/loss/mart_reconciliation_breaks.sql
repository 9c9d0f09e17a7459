-- What does not add up, and why: every amount the ledger holds in unapplied_cash,
-- orders paid less than their items, incentives that cannot be posted, and money that
-- went beyond what it rests on. One row per subject, currency and cause.
with described as (
    select * from {{ ref('int_reconciliation_subjects') }}
),

unapplied as (
    select
        concat_ws('|', subject_type, subject_id, currency, unapplied_minor = 0)
            as break_key,
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
                and unapplied_minor > 0
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
            when subject_type = 'referrals' then 'unknown_currency'
            when subject_type = 'promotion_redemptions' then 'unknown_promotion'
            else 'unexplained'
        end as cause,
        currency,
        items_minor,
        captured_minor,
        unapplied_minor,
        missing_minor,
        0 as excess_minor,
        unapplied_usd
    from described
),

excesses as (
    select *
    from {{ ref('int_excess_payments') }}
    union all by name
    select * from {{ ref('int_excess_claims') }}
    union all by name
    select * from {{ ref('int_excess_payouts') }}
),

breaks as (
    select * from unapplied
    union all by name
    select
        *,
        concat_ws('|', subject_type, subject_id, currency, cause) as break_key,
        0 as unapplied_minor,
        0.00 as unapplied_usd
    from excesses
),

mart_reconciliation_breaks as (
    select
        md5(break_key) as break_id,
        subject_id,
        order_id,
        subject_type,
        cause,
        currency,
        cast(items_minor as bigint) as items_minor,
        cast(captured_minor as bigint) as captured_minor,
        cast(unapplied_minor as bigint) as unapplied_minor,
        cast(missing_minor as bigint) as missing_minor,
        cast(excess_minor as bigint) as excess_minor,
        cast(unapplied_usd as decimal(18, 2)) as unapplied_usd
    from breaks
)

select * from mart_reconciliation_breaks
