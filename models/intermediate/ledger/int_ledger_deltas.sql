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

touches as (
    select
        ledger_key,
        night,
        lead(night) over (partition by ledger_key order by night) as next_night
    from (select distinct ledger_key, night from targets) as nights
),

changes as (
    select
        targets.*,
        1 as direction
    from targets
    union all
    select
        targets.* replace (touches.next_night as night),
        -1 as direction
    from targets
    inner join touches
        on targets.ledger_key = touches.ledger_key and targets.night = touches.night
    where touches.next_night is not null
),

int_ledger_deltas as (
    select
        ledger_key,
        fact_id,
        reversed_fact_id,
        account,
        party_type,
        party_id,
        order_id,
        order_item_id,
        payment_id,
        component,
        currency,
        is_complete,
        event_at,
        cast(sum(direction * amount_minor) as bigint) as amount_minor,
        night
    from changes
    where {{ in_range('night') }}
    group by all
    having sum(direction * amount_minor) != 0
)

select * from int_ledger_deltas
