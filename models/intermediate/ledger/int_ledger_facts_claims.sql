-- Refunds, dispute stages and recoveries: one row per movement. Netted recoveries move
-- nothing when received: they were settled against what we owed when they were booked.
with refunds as (
    select *
    from {{ ref('stg_refunds') }}
    where {{ in_range('night') }}
),

dispute_events as (
    select *
    from {{ ref('stg_dispute_events') }}
    where {{ in_range('night') }}
),

recoveries as (
    select *
    from {{ ref('stg_recoveries') }}
    where {{ in_range('night') }}
),

int_ledger_facts_claims as (
    {%- set dispute = {
        'cte': 'dispute_events', 'table': 'dispute_events', 'payment': 'payment_id', 'at': 'occurred_at',
        'id': "dispute_id || ':' || stage_seq",
    } %}
    {%- set recovery = {
        'cte': 'recoveries', 'table': 'recoveries', 'id': 'recovery_id', 'at': 'occurred_at',
        'item': 'order_item_id', 'party_type': 'party_type', 'party_id': 'party_id', 'cash': '0',
    } %}
    {{ ledger_facts([
        {
            'cte': 'refunds', 'table': 'refunds', 'fact': 'refund', 'id': 'refund_id', 'at': 'succeeded_at',
            'item': 'order_item_id', 'payment': 'payment_id', 'cash': '-amount_minor',
        },
        dict(dispute, fact='cash', amount='cash_effect_minor', cash='cash_effect_minor'),
        dict(dispute, fact='fee', amount='fee_minor', cash='-fee_minor'),
        dict(dispute, fact='close', amount='0', cash='0', keep=true,
            where="stage in ('won', 'lost', 'accepted', 'withdrawn')"),
        dict(recovery, fact='booked', where="stage = 'booked'"),
        dict(recovery, fact='received', where="stage = 'received' and is_cash", cash='amount_minor'),
        dict(recovery, fact='written_off', where="stage = 'written_off'"),
    ]) }}
)

select * from int_ledger_facts_claims
