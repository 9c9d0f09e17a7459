-- The ledger lines that captures and voids should have, given what is known on a night:
-- one row per key (order), night on which the order changed, movement, account, item
-- and component. What no item takes is unapplied cash.
with segments as (
    select *
    from {{ ref('int_ledger_payment_segments') }}
    where {{ in_range('night') }}
),

shares as (
    select *
    from {{ ref('int_ledger_payment_shares') }}
    where {{ in_range('night') }}
),

applied as (
    select
        night,
        fact_id,
        sum(principal_minor) as applied_minor
    from shares
    group by night, fact_id
),

movements as (
    select
        segments.*,
        segments.amount_minor - coalesce(applied.applied_minor, 0) as unapplied_minor
    from segments
    left join applied
        on segments.night = applied.night and segments.fact_id = applied.fact_id
),

int_ledger_targets_payments as (
    {{ ledger_lines('movements', [
        {
            'account': "'psp_cash'", 'amount': 'direction * amount_minor',
            'reverses': 'reversed_fact_id', 'keep': true,
        },
        {
            'account': "'unapplied_cash'", 'amount': '-direction * unapplied_minor',
            'reverses': 'reversed_fact_id',
        },
    ]) }}
    union all
    {{ item_lines('shares') }}
)

select * from int_ledger_targets_payments
