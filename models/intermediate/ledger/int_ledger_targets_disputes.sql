-- The ledger lines that dispute stages should have, given what is known on a night: one
-- row per key (dispute), night, stage, step, account. Every step moves the dispute from
-- its state before to its state after: clearing, borne by the liable party, unapplied.
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
        'dispute:' || steps.dispute_id as ledger_key,
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

moves as (
    select
        *,
        unapplied_minor
        - coalesce(lag(unapplied_minor) over step_order, 0) as unapplied_move,
        clearing_minor
        - coalesce(lag(clearing_minor) over step_order, 0) as clearing_move,
        coalesce(lag(lost_minor) over step_order, 0) as lost_before_minor,
        coalesce(lag(borne_on) over step_order, borne_on) as borne_before_on,
        case when not is_close then closed_by_fact_id end as recovered_fact_id
    from states
    window step_order as (
        partition by night, dispute_id, currency
        order by stage_seq, step_no
    )
),

fees as (
    select
        'dispute fee:' || dispute_id || ':' || stage_seq as ledger_key,
        {{ fact_id('dispute_events', "dispute_id || ':' || stage_seq", 'fee') }}
            as fact_id,
        cast(null as varchar) as order_id,
        payment_id,
        currency,
        fee_minor,
        occurred_at as event_at,
        night
    from {{ ref('stg_dispute_events') }}
    where {{ in_range('night') }}
),

int_ledger_targets_disputes as (
    {{ ledger_lines('moves', [
        {'account': "'psp_cash'", 'amount': '-out_minor', 'keep': true},
        {
            'account': "'dispute_clearing'", 'amount': 'clearing_move',
            'reverses': 'case when clearing_move < 0 then opened_by_fact_id end',
        },
        {'account': "'unapplied_cash'", 'amount': 'unapplied_move'},
        dict(account='borne_on', amount='lost_minor', reverses='recovered_fact_id',
            party_type="case when borne_on = 'seller_payable' then 'seller' end",
            party_id="case when borne_on = 'seller_payable' then seller_id end"),
        dict(account='borne_before_on', amount='-lost_before_minor', reverses='recovered_fact_id',
            party_type="case when borne_before_on = 'seller_payable' then 'seller' end",
            party_id="case when borne_before_on = 'seller_payable' then seller_id end"),
    ]) }}
    union all
    {{ ledger_lines('fees', [
        {'account': "'loss_dispute_fee'", 'component': "'fee'", 'amount': 'fee_minor'},
        {'account': "'psp_cash'", 'component': "'fee'", 'amount': '-fee_minor'},
    ]) }}
)

select * from int_ledger_targets_disputes
