-- What each step of a dispute moves, as known on a night: the dispute goes from its
-- state before to its state after (clearing, borne by the liable party, unapplied). One
-- row per key (dispute), night, stage and step.
with steps as (
    select *
    from {{ ref('int_ledger_dispute_steps') }}
    where {{ in_range('night') }}
),

parties as (
    {{ periods(ref('int_order_parties'), 'order_id', within='steps') }}
),

states as (
    select
        steps.*,
        parties.seller_id,
        least(steps.net_out_minor, 0) as unapplied_minor,
        greatest(steps.net_out_minor, 0) - steps.lost_minor as clearing_minor,
        case
            when coalesce(steps.liable_party, 'platform') != 'seller'
                then 'loss_payment_fraud'
            when parties.seller_id is null then 'unapplied_cash'
            else 'seller_payable'
        end as borne_on
    from steps
    left join parties
        on
            steps.order_id = parties.order_id
            and steps.night >= parties.night
            and (steps.night < parties.until_night or parties.until_night is null)
),

int_ledger_dispute_moves as (
    select
        dispute_id,
        stage_seq,
        step_no,
        fact_id,
        opened_by_fact_id,
        case when not is_close then closed_by_fact_id end as recovered_fact_id,
        payment_id,
        order_id,
        seller_id,
        borne_on,
        coalesce(lag(borne_on) over step_order, borne_on) as borne_before_on,
        currency,
        out_minor,
        unapplied_minor
        - coalesce(lag(unapplied_minor) over step_order, 0) as unapplied_move_minor,
        clearing_minor
        - coalesce(lag(clearing_minor) over step_order, 0) as clearing_move_minor,
        lost_minor,
        coalesce(lag(lost_minor) over step_order, 0) as lost_before_minor,
        event_at,
        night
    from states
    window step_order as (
        partition by night, dispute_id, currency
        order by stage_seq, step_no
    )
)

select * from int_ledger_dispute_moves
