-- What each night posts: the lines its touched keys should have now, less the lines
-- they should have had on the night they were last touched. One row per night and line
-- that changed (append-only).
with arrived as (
    select * from {{ ref('int_ledger_targets_payments') }}
    where night <= {{ to_night() }}
    union all
    select * from {{ ref('int_ledger_targets_refunds') }}
    where night <= {{ to_night() }}
    union all
    select * from {{ ref('int_ledger_targets_disputes') }}
    where night <= {{ to_night() }}
    union all
    select * from {{ ref('int_ledger_targets_parties') }}
    where night <= {{ to_night() }}
    union all
    select * from {{ ref('int_ledger_targets_recoveries') }}
    where night <= {{ to_night() }}
    union all
    select * from {{ ref('int_ledger_targets_accruals') }}
    where night <= {{ to_night() }}
),

targets as (
    select *
    from arrived
    where {{ touched('ledger_key', 'arrived') }}
),

int_ledger_deltas as (
    {{ target_changes('targets', [
        'fact_id', 'reversed_fact_id', 'account', 'party_type', 'party_id', 'order_id',
        'order_item_id', 'payment_id', 'component', 'currency', 'is_complete', 'event_at',
    ]) }}
)

select * from int_ledger_deltas
