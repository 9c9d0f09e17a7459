-- Grain: one row per payout account and night on which it changed: whom it pays, which
-- bank account it is.
with accounts as (
    select
        *,
        party_type || ':' || party_id as party_key
    from {{ ref('stg_payout_accounts') }}
    where
        night <= {{ to_night() }}
        and {{ touched('payout_account_id', ref('stg_payout_accounts')) }}
),

states as (
    {{ became_current('accounts', ['payout_account_id']) }}
),

int_payout_account_states as (
    select
        payout_account_id,
        party_key,
        account_number_hash,
        bank_country,
        night,
        added_at
    from states
    where {{ in_range('night') }}
)

select * from int_payout_account_states
