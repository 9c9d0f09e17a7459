{{ config(materialized='view') }}

-- Everything that changes what an order still exposes: money captured, given back, lost
-- to a dispute, and money of the seller that is held. One row per movement and kind.
with captures as (
    select * from {{ ref('int_ledger_facts') }}
    where source_table = 'payment_attempts' and order_id is not null
),

int_exposure_moves as (
    select
        fact_id as move_id,
        order_id,
        fact as kind,
        currency,
        cash_minor as amount_minor,
        fx_rate,
        cast(null as date) as available_on,
        night,
        event_at
    from captures
    union all
    select
        'refund:' || refund_id as move_id,
        order_id,
        'refund' as kind,
        currency,
        amount_minor,
        cast(null as decimal(18, 10)) as fx_rate,
        cast(null as date) as available_on,
        night,
        succeeded_at as event_at
    from {{ ref('int_exposure_refunds') }}
    union all
    select
        'dispute:' || dispute_id || ':' || currency || ':' || cast(night as varchar)
            as move_id,
        order_id,
        'chargeback' as kind,
        currency,
        amount_minor,
        cast(null as decimal(18, 10)) as fx_rate,
        cast(null as date) as available_on,
        night,
        occurred_at as event_at
    from {{ ref('int_exposure_chargebacks') }}
    union all
    select
        kind || ':' || line_id as move_id,
        order_id,
        kind,
        currency,
        amount_minor,
        cast(null as decimal(18, 10)) as fx_rate,
        available_on,
        night,
        posted_at as event_at
    from {{ ref('int_exposure_settlements') }}
)

select * from int_exposure_moves
