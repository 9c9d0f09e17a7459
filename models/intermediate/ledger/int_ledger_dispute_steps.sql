-- The money of a dispute, step by step, as known on a night: one row per key (dispute), night on which it changed, stage and step.
-- Money taken waits in clearing; a closing stage moves what is left there to whoever is liable; money back after that is recovered.
with events as (
    select
        *,
        {{ fact_id('dispute_events', "dispute_id || ':' || stage_seq", 'cash') }} as cash_fact_id,
        {{ fact_id('dispute_events', "dispute_id || ':' || stage_seq", 'close') }} as close_fact_id
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
        and payment_id in (select payment_id from events)
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
    inner join captures on events.payment_id = captures.payment_id
    where {{ in_range('captures.night') }}
    union
    select
        events.dispute_id,
        parties.night
    from events
    inner join captures on events.payment_id = captures.payment_id
    inner join
        {{ ref('int_order_parties') }} as parties
        on captures.order_id = parties.order_id
    where {{ in_range('parties.night') }}
),

steps as (
    select
        arrivals.night,
        events.* exclude (night),
        step.step_no,
        step.step_no = 2 as is_close,
        case when step.step_no = 1 then -events.cash_effect_minor else 0 end
            as out_minor,
        case when step.step_no = 1 then cash_fact_id else close_fact_id end as fact_id
    from arrivals
    inner join events
        on arrivals.dispute_id = events.dispute_id and arrivals.night >= events.night
    cross join (values (1), (2)) as step (step_no)
    where
        step.step_no = 1
        or events.stage in ('won', 'lost', 'accepted', 'withdrawn')
),

running as (
    select
        *,
        sum(out_minor) over so_far as net_out_minor,
        count(*) filter (where is_close) over so_far as closings,
        first_value(fact_id) over (
            partition by night, dispute_id, currency
            order by out_minor > 0 desc, stage_seq, step_no asc
        ) as opened_by_fact_id
    from steps
    window so_far as (
        partition by night, dispute_id, currency
        order by stage_seq, step_no
        rows between unbounded preceding and current row
    )
),

int_ledger_dispute_steps as (
    select
        running.night,
        running.dispute_id,
        running.stage_seq,
        running.step_no,
        running.fact_id,
        running.is_close,
        running.payment_id,
        captures.order_id,
        running.currency,
        running.occurred_at as event_at,
        running.opened_by_fact_id,
        cast(running.net_out_minor as bigint) as net_out_minor,
        cast(running.out_minor as bigint) as out_minor,
        case
            when running.closings > 0 then first_value(running.liable_party) over since
        end as liable_party,
        case
            when running.closings > 0 then first_value(running.fact_id) over since
        end as closed_by_fact_id,
        cast(case
            when
                running.closings > 0
                then min(greatest(running.net_out_minor, 0)) over since
            else 0
        end as bigint) as lost_minor
    from running
    left join captures
        on running.payment_id = captures.payment_id and running.night >= captures.night
    window since as (
        partition by
            running.night, running.dispute_id, running.currency, running.closings
        order by running.stage_seq, running.step_no
        rows between unbounded preceding and current row
    )
)

select * from int_ledger_dispute_steps
