-- How well the holder's name of a payout account fits the names of the party it pays.
-- Names are compared here, where they are still in the clear; only the score is kept.
-- Grain: one row per payout account and night on which it or a name of its party
-- arrived, from the night both are known.
with accounts as (
    select
        payout_account_id,
        party_type,
        party_id,
        record_seq,
        min_by({{ normalise_name('holder_name') }}, ingested_at) as holder,
        min(night) as night
    from {{ source('landing', 'payout_accounts') }}
    where quarantine_reason is null and night <= {{ to_night() }}
    group by payout_account_id, party_type, party_id, record_seq
),

sellers as (
    select * from {{ source('landing', 'sellers') }}
    where quarantine_reason is null and night <= {{ to_night() }}
),

files as (
    select * from {{ source('landing', 'kyc_submissions') }}
    where
        quarantine_reason is null
        and outcome != 'rejected'
        and night <= {{ to_night() }}
),

-- a seller goes by its legal and trade name and by its owner's, anybody by the name in
-- an identity file that was not rejected
all_names as (
    select 'seller' as party_type, seller_id as party_id, legal_name as called, night
    from sellers
    union all
    select 'seller', seller_id, trade_name, night
    from sellers
    union all
    select party_type, party_id, declared_name, night
    from files
    union all
    select
        'seller',
        sellers.seller_id,
        files.declared_name,
        greatest(sellers.night, files.night)
    from sellers
    inner join files on sellers.owner_user_id = files.party_id
    where files.party_type = 'user'
),

names as (
    select
        party_type,
        party_id,
        {{ normalise_name('called') }} as called,
        min(night) as night
    from all_names
    where called is not null
    group by all
),

looked_at as (
    select payout_account_id, night from accounts
    where {{ in_range('night') }}
    union
    select accounts.payout_account_id, names.night
    from accounts
    inner join names using (party_type, party_id)
    where {{ in_range('names.night') }} and names.night >= accounts.night
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
            order by accounts.record_seq desc
        ) = 1
),

stg_payout_holder_matches as (
    select
        as_known.payout_account_id,
        cast(round(
            max(jaro_winkler_similarity(as_known.holder, names.called)), 4
        ) as decimal(5, 4)) as holder_name_similarity,
        as_known.night
    from as_known
    inner join names
        on
            as_known.party_type = names.party_type
            and as_known.party_id = names.party_id
            and as_known.night >= names.night
    where as_known.holder is not null
    group by as_known.payout_account_id, as_known.night
)

select * from stg_payout_holder_matches
