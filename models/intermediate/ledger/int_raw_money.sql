{{ config(materialized='view') }}

-- Money movements read straight from staging, by none of the ledger's own steps, to hold
-- against it: one row per movement, or per change of a payout's state.
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
        case when status in ('paid', 'returned') then -amount_minor else 0 end as paid_minor,
        case when status = 'returned' then amount_minor else 0 end as returned_minor,
        lead(night) over (partition by payout_id order by night) as next_night
    from payout_nights
),

int_raw_money as (
    select
        'payment_attempts' as source_table,
        'psp_cash' as account,
        currency,
        amount_minor,
        cast(coalesce(settled_at, attempted_at) as date) as event_date,
        night
    from payments
    where kind = 'capture'
    union all
    select
        'payment_attempts', 'psp_cash', captures.currency, -voids.amount_minor,
        cast(coalesce(voids.settled_at, voids.attempted_at) as date),
        greatest(voids.night, captures.night)
    from payments as voids
    inner join payments as captures
        on voids.parent_payment_id = captures.payment_id and captures.kind = 'capture'
    where voids.kind = 'void'
    union all
    select
        'refunds', 'psp_cash', currency, -amount_minor, cast(succeeded_at as date), night
    from {{ ref('stg_refunds') }}
    union all
    select
        'dispute_events', 'psp_cash', currency, cash_effect_minor - fee_minor,
        cast(occurred_at as date), night
    from {{ ref('stg_dispute_events') }}
    union all
    select
        'recoveries', 'psp_cash', currency, amount_minor, cast(occurred_at as date), night
    from {{ ref('stg_recoveries') }}
    where stage = 'received' and is_cash
    union all
    select
        'settlement_lines',
        case when line_type = 'adjustment' then 'adjustment_expense' else 'seller_reserve' end,
        currency, amount_minor, cast(posted_at as date), night
    from {{ ref('stg_settlement_lines') }}
    where line_type in ('reserve_hold', 'reserve_release', 'adjustment')
    union all
    {%- for move in ['paid', 'returned'] %}
    select
        'payouts', 'psp_cash', currency, {{ move }}_minor, cast({{ move }}_at as date), night
    from payout_moves
    union all
    select
        'payouts', 'psp_cash', currency, -{{ move }}_minor, cast({{ move }}_at as date), next_night
    from payout_moves
    where next_night is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from int_raw_money
