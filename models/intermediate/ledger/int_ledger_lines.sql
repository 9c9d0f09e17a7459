-- The lines of each night's journals, with the rate each is valued at: what the facts
-- post, and the nightly moves that follow from what sellers owe and lost disputes take.
-- One row per night and line; a line that takes another fact back is valued at that
-- fact's rate if it is in the same currency.
with deltas as (
    select *
    from {{ ref('int_ledger_deltas') }}
    where {{ in_range('night') }}
),

wanted as (
    select fact_id from deltas
    union
    select reversed_fact_id as fact_id from deltas
),

facts as (
    select *
    from {{ ref('int_ledger_facts') }}
    where
        night <= {{ to_night() }}
        and {{ is_in('fact_id', 'wanted') }}
),

first_posted as (
    select
        fact_id,
        min(night) as night
    from {{ ref('int_ledger_deltas') }}
    where night <= {{ to_night() }} and {{ is_in('fact_id', 'facts') }}
    group by fact_id
),

in_other_currencies as (
    select distinct
        deltas.currency,
        cast(deltas.event_at as date) as rate_for,
        deltas.night
    from deltas
    inner join facts on deltas.fact_id = facts.fact_id
    where deltas.currency != facts.currency
),

rates as (
    {{ known_rates('in_other_currencies') }}
),

fact_lines as (
    select
        deltas.ledger_key,
        deltas.fact_id,
        deltas.reversed_fact_id,
        deltas.account,
        deltas.party_type,
        deltas.party_id,
        deltas.order_id,
        deltas.order_item_id,
        deltas.payment_id,
        deltas.component,
        deltas.currency,
        deltas.is_complete,
        deltas.event_at,
        deltas.amount_minor,
        deltas.night,
        facts.source_table,
        facts.source_id,
        facts.fact,
        {%- for column, other in [
            ('fx_rate', 'usd_per_unit'), ('fx_rate_date', 'rate_date'),
        ] %}
            case
                when valued_as.fact_id is not null then valued_as.{{ column }}
                when facts.currency = deltas.currency then facts.{{ column }}
                else rates.{{ other }}
            end as {{ column }},
        {%- endfor %}
        case
            when posted.night < deltas.night then 'correction'
            when facts.fact in ('void', 'payout_return') then 'reversal'
            when facts.fact like '%_taken_back' then 'reversal'
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
        on
            coalesce(deltas.reversed_fact_id, deltas.fact_id) = valued_as.fact_id
            and deltas.currency = valued_as.currency
    left join rates
        on
            deltas.currency = rates.currency
            and cast(deltas.event_at as date) = rates.rate_for
            and deltas.night = rates.night
),

int_ledger_lines as (
    select * from fact_lines
    union all by name
    select * from {{ ref('int_seller_reclass_lines') }}
    where {{ in_range('night') }}
    union all by name
    select * from {{ ref('int_seller_default_lines') }}
    where {{ in_range('night') }}
    union all by name
    select * from {{ ref('int_reserve_use_lines') }}
    where {{ in_range('night') }}
    union all by name
    select * from {{ ref('int_attribution_lines') }}
    where {{ in_range('night') }}
)

select * from int_ledger_lines
