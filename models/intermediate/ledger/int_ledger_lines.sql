-- The lines of each night's journals: what the facts post and the nightly move of what sellers owe from payable to receivable, with
-- the rate each line is valued at. One row per night and line; a line that takes another fact back is valued at that fact's rate.
with deltas as (
    select *
    from {{ ref('int_ledger_deltas') }}
    where {{ in_range('night') }}
),

facts as (
    select *
    from {{ ref('int_ledger_facts') }}
    where
        night <= {{ to_night() }}
        and fact_id in (
            select fact_id from deltas
            union
            select reversed_fact_id from deltas
        )
),

first_posted as (
    select
        fact_id,
        min(night) as night
    from {{ ref('int_ledger_deltas') }}
    where night <= {{ to_night() }} and fact_id in (select fact_id from facts)
    group by fact_id
),

fact_lines as (
    select
        deltas.*,
        facts.source_table,
        facts.source_id,
        facts.fact,
        valued_as.fx_rate,
        valued_as.fx_rate_date,
        case
            when posted.night < deltas.night then 'correction'
            when facts.fact in ('void', 'payout_return') then 'reversal'
            else 'original'
        end as journal_kind,
        case
            when posted.night < deltas.night
                then {{ journal_id('deltas.fact_id', 'posted.night') }}
            when reversed.night <= deltas.night
                then {{ journal_id('deltas.reversed_fact_id', 'reversed.night') }}
        end as reverses_journal_id
    from deltas
    inner join facts on deltas.fact_id = facts.fact_id
    inner join first_posted as posted on deltas.fact_id = posted.fact_id
    left join first_posted as reversed on deltas.reversed_fact_id = reversed.fact_id
    left join facts as valued_as
        on coalesce(deltas.reversed_fact_id, deltas.fact_id) = valued_as.fact_id
),

balances as (
    select
        *,
        'seller_balance|'
        || seller_id
        || ':'
        || currency
        || ':'
        || night
        || '|reclass' as fact_id,
        night as rate_for
    from {{ ref('int_seller_balances') }}
    where {{ in_range('night') }} and receivable_change_minor != 0
),

rates as (
    {{ known_rates('balances') }}
),

reclass_lines as (
    select
        balances.fact_id as ledger_key,
        balances.fact_id,
        cast(null as varchar) as reversed_fact_id,
        side.account,
        'seller' as party_type,
        balances.seller_id as party_id,
        cast(null as varchar) as order_id,
        cast(null as varchar) as order_item_id,
        cast(null as varchar) as payment_id,
        'principal' as component,
        balances.currency,
        true as is_complete,
        cast(balances.night as timestamp) as event_at,
        side.direction * balances.receivable_change_minor as amount_minor,
        balances.night,
        'seller_balance' as source_table,
        balances.seller_id
        || ':'
        || balances.currency
        || ':'
        || balances.night as source_id,
        'reclass' as fact,
        rates.usd_per_unit as fx_rate,
        rates.rate_date as fx_rate_date,
        'reclass' as journal_kind,
        cast(null as varchar) as reverses_journal_id
    from balances
    cross join
        (values ('seller_receivable', 1), ('seller_payable', -1))
            as side (account, direction)
    left join
        rates
        on balances.currency = rates.currency and balances.night = rates.night
),

int_ledger_lines as (
    select * from fact_lines
    union all
    select * from reclass_lines
)

select * from int_ledger_lines
