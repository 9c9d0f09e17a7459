{{ config(materialized='view') }}

-- Creators and users who were paid out more than they were ever promised: commissions
-- and rewards, whatever was taken back of them since. One row per party and currency.
with postings as (
    select
        *,
        source_table = 'payouts' as is_payout,
        fact in (
            'capture', 'referrer_reward', 'referee_reward', 'award', 'cashback'
        ) as is_promise
    from {{ ref('fct_ledger_postings') }}
    where account in ('creator_payable', 'wallet_liability') and party_id is not null
),

parties as (
    select
        party_type,
        party_id,
        currency,
        sum(amount_minor) filter (where is_payout) as paid_minor,
        -coalesce(sum(amount_minor) filter (where is_promise), 0) as promised_minor
    from postings
    group by party_type, party_id, currency
),

int_excess_payouts as (
    select
        party_type as subject_type,
        party_id as subject_id,
        currency,
        'paid_above_promised' as cause,
        paid_minor - promised_minor as excess_minor
    from parties
    where paid_minor > 0 and paid_minor > promised_minor
)

select * from int_excess_payouts
