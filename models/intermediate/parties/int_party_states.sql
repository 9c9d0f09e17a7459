-- Grain: one row per party and night on which it changed: who owns it, where it trades,
-- since when, and its status.
with users as (
    select
        'user' as party_type,
        user_id as party_id,
        region,
        status,
        record_seq,
        night,
        created_at as onboarded_at
    from {{ ref('stg_users') }}
    where night <= {{ to_night() }} and {{ touched('user_id', ref('stg_users')) }}
),

sellers as (
    select
        'seller' as party_type,
        seller_id as party_id,
        'user:' || owner_user_id as owner_key,
        region,
        business_line,
        country,
        legal_name_hash,
        tax_id_hash,
        registered_address_id,
        status,
        record_seq,
        night,
        onboarded_at
    from {{ ref('stg_sellers') }}
    where night <= {{ to_night() }} and {{ touched('seller_id', ref('stg_sellers')) }}
),

creators as (
    select
        'creator' as party_type,
        creator_id as party_id,
        'user:' || user_id as owner_key,
        agency_id,
        region,
        status,
        record_seq,
        night,
        onboarded_at
    from {{ ref('stg_creators') }}
    where
        night <= {{ to_night() }}
        and {{ touched('creator_id', ref('stg_creators')) }}
),

parties as (
    select * from sellers
    union all by name
    select * from users
    union all by name
    select * from creators
),

states as (
    {{ became_current('parties', ['party_type', 'party_id']) }}
),

int_party_states as (
    select
        party_type || ':' || party_id as party_key,
        party_id,
        owner_key,
        agency_id,
        registered_address_id,
        party_type,
        region,
        business_line,
        country,
        legal_name_hash,
        tax_id_hash,
        status,
        night,
        onboarded_at
    from states
    where {{ in_range('night') }}
)

select * from int_party_states
