-- What each night posts to give losses their cause: labels that came, changed or were
-- overturned, and losses that were labelled already. Valued like the line whose cause
-- it is. One row per night and line that changed.
with arrived as (
    select * from {{ ref('int_attribution_targets') }}
    where night <= {{ to_night() }}
),

targets as (
    select *
    from arrived
    where {{ touched('ledger_key', 'arrived') }}
),

deltas as (
    {{ target_changes('targets', [
        'attributed_fact_id', 'fact_id', 'reversed_fact_id', 'account', 'party_type',
        'party_id', 'order_id', 'order_item_id', 'payment_id', 'component', 'currency',
        'loss_type', 'event_at',
    ]) }}
),

wanted as (
    select attributed_fact_id as fact_id from deltas
    union
    select reversed_fact_id as fact_id from deltas
),

facts as (
    select *
    from {{ ref('int_ledger_facts') }}
    where night <= {{ to_night() }} and {{ is_in('fact_id', 'wanted') }}
),

posted as (
    select
        fact_id,
        min(night) as night
    from {{ ref('int_ledger_deltas') }}
    where night <= {{ to_night() }} and {{ is_in('fact_id', 'wanted') }}
    group by fact_id
),

int_attribution_lines as (
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
        deltas.loss_type,
        true as is_complete,
        deltas.event_at,
        deltas.amount_minor,
        deltas.night,
        facts.source_table,
        facts.source_id,
        facts.fact || '_attribution' as fact,
        {%- for column in ['fx_rate', 'fx_rate_date'] %}
            case
                when valued_as.fact_id is not null then valued_as.{{ column }}
                when facts.currency = deltas.currency then facts.{{ column }}
            end as {{ column }},
        {%- endfor %}
        'reclass' as journal_kind,
        {{ journal_id('deltas.attributed_fact_id', 'posted.night') }}
            as reverses_journal_id
    from deltas
    inner join facts on deltas.attributed_fact_id = facts.fact_id
    inner join posted on deltas.attributed_fact_id = posted.fact_id
    left join facts as valued_as
        on
            deltas.reversed_fact_id = valued_as.fact_id
            and deltas.currency = valued_as.currency
)

select * from int_attribution_lines
