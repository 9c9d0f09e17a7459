{{ config(materialized='view') }}

-- Everything that changes what an order still exposes: money captured, given back, lost
-- to a dispute, and money of the seller that is held. What a lost dispute uses of the
-- reserve is held no longer. One row per movement and kind.
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
    union all
    select
        concat_ws(':', 'reserve_use', order_id, seller_id, currency, night) as move_id,
        order_id,
        'reserve' as kind,
        currency,
        -change_minor as amount_minor,
        cast(null as decimal(18, 10)) as fx_rate,
        cast(null as date) as available_on,
        night,
        cast(night as timestamp) as event_at
    from {{ ref('int_reserve_uses') }}
)

select * from int_exposure_moves
