{{ config(materialized='view') }}

-- Money movements and incentives read straight from staging, by none of the ledger's
-- own steps, to hold against it: one row per movement, or per change of the state of a
-- payout or an incentive.
with payments as (
    select * from {{ ref('stg_payment_attempts') }}
    where result = 'approved'
),

payout_nights as (
    select
        nights.payout_id,
        nights.night,
        max_by(versions.currency, versions.record_seq) as currency,
        max_by(versions.amount_minor, versions.record_seq) as amount_minor,
        max_by(versions.status, versions.record_seq) as status,
        max_by(coalesce(versions.paid_at, versions.initiated_at), versions.record_seq)
            as paid_at,
        max_by(
            coalesce(versions.returned_at, versions.paid_at, versions.initiated_at),
            versions.record_seq
        ) as returned_at
    from (select distinct payout_id, night from {{ ref('stg_payouts') }}) as nights
    inner join {{ ref('stg_payouts') }} as versions
        on nights.payout_id = versions.payout_id and nights.night >= versions.night
    group by nights.payout_id, nights.night
),

payout_moves as (
    select
        *,
        case when status in ('paid', 'returned') then -amount_minor else 0 end
            as paid_minor,
        case when status = 'returned' then amount_minor else 0 end as returned_minor,
        lead(night) over (partition by payout_id order by night) as next_night
    from payout_nights
),

voids as (
    select
        captures.currency,
        -voids.amount_minor as amount_minor,
        coalesce(voids.settled_at, voids.attempted_at) as moved_at,
        greatest(voids.night, captures.night) as night
    from payments as voids
    inner join payments as captures
        on voids.parent_payment_id = captures.payment_id and captures.kind = 'capture'
    where voids.kind = 'void'
),

int_raw_money as (
    {{ raw_moves([
        ('payment_attempts', 'amount_minor', 'coalesce(settled_at, attempted_at)',
            'night', 'payments', "kind = 'capture'"),
        ('payment_attempts', 'amount_minor', 'moved_at', 'night', 'voids', 'true'),
        ('refunds', '-amount_minor', 'succeeded_at', 'night', ref('stg_refunds'), 'true'),
        ('dispute_events', 'cash_effect_minor - fee_minor', 'occurred_at', 'night',
            ref('stg_dispute_events'), 'true'),
        ('recoveries', 'amount_minor', 'occurred_at', 'night', ref('stg_recoveries'),
            "stage = 'received' and is_cash"),
        ('payouts', 'paid_minor', 'paid_at', 'night', 'payout_moves', 'true'),
        ('payouts', '-paid_minor', 'paid_at', 'next_night', 'payout_moves',
            'next_night is not null'),
        ('payouts', 'returned_minor', 'returned_at', 'night', 'payout_moves', 'true'),
        ('payouts', '-returned_minor', 'returned_at', 'next_night', 'payout_moves',
            'next_night is not null'),
    ]) }}
    union all
    select
        'settlement_lines' as source_table,
        case
            when line_type = 'adjustment' then 'adjustment_expense'
            else 'seller_reserve'
        end as account,
        currency,
        amount_minor,
        cast(posted_at as date) as event_date,
        night
    from {{ ref('stg_settlement_lines') }}
    where line_type in ('reserve_hold', 'reserve_release', 'adjustment')
    union all
    select * from {{ ref('int_raw_accruals') }}
)

select * from int_raw_money
