-- Promises of incentives and what was taken back of them: one row per movement. A
-- promise counts from the first night its current state said granted, its end from the
-- first night that said taken back.
with touched_states as (
    select *
    from {{ ref('int_accrual_states') }}
    where
        night <= {{ to_night() }}
        and {{ touched('ledger_key', ref('int_accrual_states')) }}
),

granted as (
    select *
    from touched_states
    where is_granted
    qualify row_number() over (partition by ledger_key, fact order by night) = 1
),

taken_back as (
    select * replace (fact || '_taken_back' as fact, taken_back_at as granted_at)
    from touched_states
    where is_taken_back
    qualify row_number() over (partition by ledger_key, fact order by night) = 1
),

movements as (
    select * from granted
    union all
    select * from taken_back
),

int_ledger_facts_accruals as (
    select
        concat_ws('|', source_table, source_id, fact) as fact_id,
        source_table,
        source_id,
        fact,
        order_id,
        cast(null as varchar) as order_item_id,
        cast(null as varchar) as payment_id,
        party_type,
        party_id,
        currency,
        cast(amount_minor as bigint) as amount_minor,
        cast(0 as bigint) as cash_minor,
        granted_at as event_at,
        night
    from movements
    where {{ in_range('night') }}
)

select * from int_ledger_facts_accruals
