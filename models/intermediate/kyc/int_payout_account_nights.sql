-- Grain: one row per payout account and night on which something about it arrived: what
-- it was, how long it had been there, and who else holds the same bank account.
with accounts as (
    select * from {{ ref('int_payout_account_states') }}
    where night <= {{ to_night() }}
),

looked_at as (
    select payout_account_id, night from accounts
    where {{ in_range('night') }}
    union
    select payout_account_id, night from {{ ref('stg_payout_holder_matches') }}
    where {{ in_range('night') }}
    union
    select payout_account_id, night from {{ ref('stg_payouts') }}
    where {{ in_range('night') }}
    union
    select accounts.payout_account_id, newcomers.night
    from accounts
    inner join accounts as newcomers
        on accounts.account_number_hash = newcomers.account_number_hash
    where newcomers.night >= accounts.night and {{ in_range('newcomers.night') }}
),

as_known as (
    select accounts.* exclude (night), looked_at.night
    from looked_at
    inner join accounts
        on
            looked_at.payout_account_id = accounts.payout_account_id
            and looked_at.night >= accounts.night
    qualify row_number() over (
            partition by looked_at.payout_account_id, looked_at.night
            order by accounts.night desc
        ) = 1
),

parties as (
    {{ periods(ref('int_party_states'), 'party_key', within='accounts') }}
),

holders as (
    select distinct
        as_known.payout_account_id,
        as_known.night,
        accounts.party_key
    from as_known
    inner join accounts
        on
            as_known.account_number_hash = accounts.account_number_hash
            and as_known.night >= accounts.night
),

known_holders as (
    select
        holders.payout_account_id,
        holders.party_key,
        parties.* exclude (party_key, night, until_night),
        coalesce(parties.owner_key, holders.party_key) as person_key,
        holders.night
    from holders
    left join parties
        on
            holders.party_key = parties.party_key
            and holders.night >= parties.night
            and holders.night < coalesce(parties.until_night, date '9999-12-31')
),

-- one person, one company or one agency may use one account for all its accounts here
strangers as (
    select
        as_known.payout_account_id,
        as_known.night,
        count(distinct others.person_key) as other_holders,
        list(distinct others.party_key order by others.party_key) as other_parties
    from as_known
    inner join known_holders as own
        on
            as_known.payout_account_id = own.payout_account_id
            and as_known.night = own.night
            and as_known.party_key = own.party_key
    inner join known_holders as others
        on own.payout_account_id = others.payout_account_id and own.night = others.night
    where
        own.person_key != others.person_key
        and coalesce(own.tax_id_hash != others.tax_id_hash, true)
        and coalesce(own.legal_name_hash != others.legal_name_hash, true)
        and coalesce(own.agency_id != others.agency_id, true)
    group by as_known.payout_account_id, as_known.night
),

int_payout_account_nights as (
    select
        as_known.payout_account_id,
        as_known.party_key,
        as_known.bank_country,
        1 + coalesce(strangers.other_holders, 0) as unrelated_holders,
        coalesce(strangers.other_parties, []) as other_parties,
        as_known.night,
        as_known.added_at
    from as_known
    left join strangers
        on
            as_known.payout_account_id = strangers.payout_account_id
            and as_known.night = strangers.night
)

select * from int_payout_account_nights
