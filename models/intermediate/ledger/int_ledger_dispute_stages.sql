-- The stages of a dispute that are known on a night, with the order of the disputed
-- payment once it is known. One row per dispute, night on which it changed, and stage.
with events as (
    select
        *,
        dispute_id || ':' || stage_seq as stage_id
    from {{ ref('stg_dispute_events') }}
    where night <= {{ to_night() }}
),

captures as (
    select
        payment_id,
        order_id,
        night
    from {{ ref('int_ledger_facts_payments') }}
    where
        fact = 'capture'
        and night <= {{ to_night() }}
        and {{ is_in('payment_id', 'events') }}
),

arrivals as (
    select
        dispute_id,
        night
    from events
    where {{ in_range('night') }}
    union
    select
        events.dispute_id,
        captures.night
    from events
    inner join captures
        on events.payment_id = captures.payment_id and events.night <= captures.night
    where {{ in_range('captures.night') }}
    union
    select
        events.dispute_id,
        parties.night
    from events
    inner join captures on events.payment_id = captures.payment_id
    inner join
        {{ ref('int_order_parties') }} as parties
        on
            captures.order_id = parties.order_id
            and captures.night <= parties.night
            and events.night <= parties.night
    where {{ in_range('parties.night') }}
    union
    select
        events.dispute_id,
        items.night
    from events
    inner join captures on events.payment_id = captures.payment_id
    inner join
        {{ ref('stg_order_items') }} as items
        on
            captures.order_id = items.order_id
            and captures.night <= items.night
            and events.night <= items.night
    where {{ in_range('items.night') }}
),

int_ledger_dispute_stages as (
    select
        arrivals.night,
        events.dispute_id,
        events.stage_seq,
        events.stage_id,
        events.payment_id,
        captures.order_id,
        events.currency,
        events.stage,
        events.liable_party,
        events.cash_effect_minor,
        events.occurred_at
    from arrivals
    inner join events
        on arrivals.dispute_id = events.dispute_id and arrivals.night >= events.night
    left join captures
        on
            events.payment_id = captures.payment_id
            and arrivals.night >= captures.night
)

select * from int_ledger_dispute_stages
