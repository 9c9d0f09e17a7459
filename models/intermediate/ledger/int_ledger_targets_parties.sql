-- The ledger lines that payouts, reserves and adjustments should have, given what is
-- known on a night: one row per key (payout or settlement line), night on which it
-- changed, movement and account.
with payouts as (
    select
        *,
        'payout:' || payout_id as ledger_key,
        {{ fact_id('payouts', 'payout_id', 'payout') }} as fact_id,
        cast(null as varchar) as order_id,
        cast(null as varchar) as payment_id,
        left_us_at as event_at,
        case party_type
            when 'seller' then 'seller_payable'
            when 'creator' then 'creator_payable'
            else 'wallet_liability'
        end as owed_on,
        case when is_paid then amount_minor else 0 end as paid_minor,
        case when is_returned then amount_minor else 0 end as returned_minor
    from {{ ref('int_payout_states') }}
    where {{ in_range('night') }}
),

payout_returns as (
    select
        * replace (
            {{ fact_id('payouts', 'payout_id', 'payout_return') }} as fact_id,
            came_back_at as event_at
        ),
        fact_id as payout_fact_id
    from payouts
),

settlement_lines as (
    select
        *,
        'line:' || line_id as ledger_key,
        'settlement_lines|' || line_id || '|' || line_type as fact_id,
        cast(null as varchar) as order_id,
        cast(null as varchar) as payment_id,
        posted_at as event_at,
        case
            when line_type = 'adjustment' then 'adjustment_expense'
            else 'seller_reserve'
        end as contra_on
    from {{ ref('stg_settlement_lines') }}
    where
        {{ in_range('night') }}
        and line_type in ('reserve_hold', 'reserve_release', 'adjustment')
),

int_ledger_targets_parties as (
    {%- set party = {'party_type': 'party_type', 'party_id': 'party_id'} %}
    {%- set seller = {
        'party_type': "'seller'", 'party_id': 'seller_id', 'item': 'order_item_id',
    } %}
    {%- set return = {'reverses': 'payout_fact_id'} %}
    {{ ledger_lines('payouts', [
        dict(party, account='owed_on', amount='paid_minor'),
        dict(account="'psp_cash'", amount='-paid_minor', keep=true),
    ]) }}
    union all
    {{ ledger_lines('payout_returns', [
        dict(party, account='owed_on', amount='-returned_minor', **return),
        dict(account="'psp_cash'", amount='returned_minor', **return),
    ]) }}
    union all
    {{ ledger_lines('settlement_lines', [
        dict(seller, account="'seller_payable'", amount='-amount_minor'),
        dict(seller, account='contra_on', amount='amount_minor'),
    ]) }}
)

select * from int_ledger_targets_parties
