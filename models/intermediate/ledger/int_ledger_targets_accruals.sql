-- The ledger lines that incentives should have, given what is known on a night: one row
-- per promise, night on which it changed, movement and account. They are owed from the
-- grant on; only payouts pay them.
with granted as (
    select
        *,
        concat_ws('|', source_table, source_id, fact) as fact_id,
        cast(null as varchar) as payment_id,
        granted_at as event_at,
        case
            when party_type = 'creator' then 'creator_payable' else 'wallet_liability'
        end as owed_on,
        case when is_granted then amount_minor else 0 end as granted_minor,
        case when is_taken_back then amount_minor else 0 end as taken_back_minor
    from {{ ref('int_accrual_states') }}
    where {{ in_range('night') }}
),

taken_back as (
    select
        * replace (fact_id || '_taken_back' as fact_id, taken_back_at as event_at),
        fact_id as granted_fact_id
    from granted
),

int_ledger_targets_accruals as (
    {%- set incentive = {'component': "'incentive'"} %}
    {%- set party = {'party_type': 'party_type', 'party_id': 'party_id'} %}
    {%- set reversal = dict(incentive, reverses='granted_fact_id') %}
    {{ ledger_lines('granted', [
        dict(incentive, account="'incentive_expense'", amount='granted_minor', keep=true),
        dict(incentive, account='owed_on', amount='-granted_minor', **party),
    ]) }}
    union all
    {{ ledger_lines('taken_back', [
        dict(reversal, account="'incentive_expense'", amount='-taken_back_minor'),
        dict(reversal, account='owed_on', amount='taken_back_minor', **party),
    ]) }}
)

select * from int_ledger_targets_accruals
