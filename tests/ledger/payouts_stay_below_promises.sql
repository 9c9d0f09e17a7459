-- Creators and users whose payouts, as the raw rows have them, exceed all that was ever
-- promised to them, unless mart_reconciliation_breaks says so; and parties of which it
-- says so for no reason.
with payouts as (
    select *
    from {{ ref('stg_payouts') }}
    where party_type in ('user', 'creator')
    qualify row_number() over (partition by payout_id order by record_seq desc) = 1
),

paid as (
    select
        party_type,
        party_id,
        currency,
        sum(amount_minor) as paid_minor
    from payouts
    where status = 'paid'
    group by party_type, party_id, currency
),

promised as (
    select
        party_type,
        party_id,
        currency,
        -sum(amount_minor) as promised_minor
    from {{ ref('fct_ledger_postings') }}
    where
        account in ('wallet_liability', 'creator_payable')
        and fact in (
            'capture', 'referrer_reward', 'referee_reward', 'award', 'cashback'
        )
    group by party_type, party_id, currency
),

beyond as (
    select
        paid.party_type,
        paid.party_id,
        paid.currency,
        paid.paid_minor - coalesce(promised.promised_minor, 0) as excess_minor
    from paid
    left join promised
        on
            paid.party_type = promised.party_type
            and paid.party_id = promised.party_id
            and paid.currency = promised.currency
    where paid.paid_minor > coalesce(promised.promised_minor, 0)
),

flags as (
    select *
    from {{ ref('mart_reconciliation_breaks') }}
    where cause = 'paid_above_promised'
)

select
    beyond.party_id,
    beyond.currency,
    beyond.excess_minor,
    flags.subject_id as flagged_id
from beyond
full join flags
    on
        beyond.party_type = flags.subject_type
        and beyond.party_id = flags.subject_id
        and beyond.currency = flags.currency
        and beyond.excess_minor = flags.excess_minor
where beyond.party_id is null or flags.subject_id is null
