-- Grain: one row per payout account and night on which something about it arrived: does
-- the holder's name fit (KY03), where is the bank, who else uses it (KY04), and what is
-- about to be paid to it.
with accounts as (
    select
        *,
        night as rate_for
    from {{ ref('int_payout_account_nights') }}
    where {{ in_range('night') }}
),

matches as (
    {{ periods(
        ref('stg_payout_holder_matches'), 'payout_account_id', within='accounts'
    ) }}
),

parties as (
    {{ periods(ref('int_party_states'), 'party_key', within='accounts') }}
),

payouts as (
    select
        accounts.payout_account_id,
        accounts.night,
        accounts.rate_for,
        sent.* exclude (payout_account_id, night)
    from accounts
    inner join {{ ref('stg_payouts') }} as sent
        on
            accounts.payout_account_id = sent.payout_account_id
            and accounts.night >= sent.night
    qualify row_number() over (
            partition by accounts.payout_account_id, accounts.night, sent.payout_id
            order by sent.record_seq desc
        ) = 1
),

rates as (
    {{ known_rates('payouts') }}
),

pending as (
    select
        payouts.payout_account_id,
        payouts.night,
        count(*) as pending_payouts,
        {{ sum_if_all_known(
            amount_in_usd(
                'payouts.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
            ), 'true'
        ) }} as pending_usd,
        list('payout:' || payouts.payout_id) as objects,
        max(payouts.initiated_at) as last_event_at
    from payouts
    left join {{ ref('ref_currencies') }} as currencies
        on payouts.currency = currencies.currency
    left join rates
        on
            payouts.currency = rates.currency
            and payouts.rate_for = rates.rate_for
            and payouts.night = rates.night
    where payouts.status in ('pending', 'held')
    group by payouts.payout_account_id, payouts.night
),

ind_payout_accounts as (
    select
        'payout_account' as entity_type,
        accounts.payout_account_id as entity_id,
        parties.region,
        parties.business_line,
        case
            when parties.party_key is null then 'no_account'
            when matches.payout_account_id is null then 'no_names'
            when pending.pending_payouts > 0 and pending.pending_usd is null
                then 'no_fx'
        end as missing_input,
        cast(accounts.night - cast(parties.onboarded_at as date) as integer)
            as history_days,
        matches.holder_name_similarity,
        cast(accounts.unrelated_holders as integer) as unrelated_holders,
        cast(accounts.night - cast(accounts.added_at as date) as integer) as age_days,
        cast(coalesce(pending.pending_usd, 0) as decimal(18, 2)) as pending_usd,
        coalesce(
            accounts.bank_country not in (
                parties.region, coalesce(parties.country, parties.region)
            ),
            false
        ) as is_foreign_bank,
        list_sort(list_distinct(list_concat(
            ['payout_account:' || accounts.payout_account_id, accounts.party_key],
            list_filter([parties.owner_key], lambda owner: owner is not null),
            list_slice(accounts.other_parties, 1, 200),
            list_slice(list_sort(coalesce(pending.objects, [])), 1, 200)
        ))) as evidence_objects,
        accounts.night,
        accounts.added_at as first_event_at,
        greatest(accounts.added_at, coalesce(pending.last_event_at, accounts.added_at))
            as last_event_at
    from accounts
    left join parties
        on
            accounts.party_key = parties.party_key
            and accounts.night >= parties.night
            and accounts.night < coalesce(parties.until_night, date '9999-12-31')
    left join matches
        on
            accounts.payout_account_id = matches.payout_account_id
            and accounts.night >= matches.night
            and accounts.night < coalesce(matches.until_night, date '9999-12-31')
    left join pending
        on
            accounts.payout_account_id = pending.payout_account_id
            and accounts.night = pending.night
)

select * from ind_payout_accounts
