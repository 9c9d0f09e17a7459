-- Payouts and their returns, reserves and adjustments: one row per movement. A payout
-- counts from the first night its current version said paid, a return from the first
-- night it said returned.
with touched_payouts as (
    select *
    from {{ ref('int_payout_states') }}
    where
        night <= {{ to_night() }}
        and {{ touched('payout_id', ref('int_payout_states')) }}
),

paid as (
    select *
    from touched_payouts
    where is_paid and amount_minor != 0
    qualify row_number() over (partition by payout_id order by night) = 1
),

returned as (
    select *
    from touched_payouts
    where is_returned and amount_minor != 0
    qualify row_number() over (partition by payout_id order by night) = 1
),

settlement_lines as (
    select
        *,
        'seller' as party_type
    from {{ ref('stg_settlement_lines') }}
    where {{ in_range('night') }}
),

movements as (
    {%- set payout = {
        'table': 'payouts', 'id': 'payout_id', 'party_type': 'party_type', 'party_id': 'party_id',
    } %}
    {%- set line = {
        'cte': 'settlement_lines', 'table': 'settlement_lines', 'id': 'line_id', 'at': 'posted_at',
        'item': 'order_item_id', 'party_type': 'party_type', 'party_id': 'seller_id', 'cash': '0',
    } %}
    {{ ledger_facts([
        dict(payout, cte='paid', fact='payout', cash='-amount_minor', at='left_us_at'),
        dict(payout, cte='returned', fact='payout_return', cash='amount_minor', at='came_back_at'),
        dict(line, fact='reserve_hold', where="line_type = 'reserve_hold'"),
        dict(line, fact='reserve_release', where="line_type = 'reserve_release'"),
        dict(line, fact='adjustment', where="line_type = 'adjustment'"),
    ]) }}
),

int_ledger_facts_parties as (
    select *
    from movements
    where {{ in_range('night') }}
)

select * from int_ledger_facts_parties
