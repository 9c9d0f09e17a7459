-- The money of a dispute, step by step, as known on a night: one row per key (dispute),
-- night on which it changed, stage and step. Money taken waits in clearing; a closing
-- stage moves what is left there to whoever is liable; money back after that is
-- recovered.
with stages as (
    select *
    from {{ ref('int_ledger_dispute_stages') }}
    where {{ in_range('night') }}
),

steps as (
    select
        stages.*,
        step.step_no,
        step.step_no = 2 as is_close,
        case when step.step_no = 1 then -stages.cash_effect_minor else 0 end
            as out_minor,
        case
            when step.step_no = 1
                then {{ fact_id('dispute_events', 'stages.stage_id', 'cash') }}
            else {{ fact_id('dispute_events', 'stages.stage_id', 'close') }}
        end as fact_id
    from stages
    cross join (values (1), (2)) as step (step_no)
    where
        step.step_no = 1
        or stages.stage in ('won', 'lost', 'accepted', 'withdrawn')
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
        running.order_id,
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
    window since as (
        partition by
            running.night, running.dispute_id, running.currency, running.closings
        order by running.stage_seq, running.step_no
        rows between unbounded preceding and current row
    )
)

select * from int_ledger_dispute_steps
