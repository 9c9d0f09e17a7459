-- The ledger lines that dispute stages should have, given what is known on a night: one
-- row per key (dispute), night, stage, step, account and item. Where the bearer stays,
-- a step has two lines on its account, the new balance and the old one taken back.
with moves as (
    select
        *,
        'dispute:' || dispute_id as ledger_key
    from {{ ref('int_ledger_dispute_moves') }}
    where {{ in_range('night') }}
),

losses as (
    select
        *,
        'dispute:' || dispute_id as ledger_key
    from {{ ref('int_ledger_dispute_losses') }}
    where {{ in_range('night') }}
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
            'account': "'dispute_clearing'", 'amount': 'clearing_move_minor',
            'reverses': 'case when clearing_move_minor < 0 then opened_by_fact_id end',
        },
        {'account': "'unapplied_cash'", 'amount': 'unapplied_move_minor'},
    ]) }}
    union all
    {%- set lost = {'item': 'order_item_id', 'reverses': 'recovered_fact_id'} %}
    {{ ledger_lines('losses', [
        dict(lost, account='borne_on', amount='lost_minor',
            party_type="case when borne_on = 'seller_payable' then 'seller' end",
            party_id="case when borne_on = 'seller_payable' then seller_id end"),
        dict(lost, account='borne_before_on', amount='-lost_before_minor',
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
