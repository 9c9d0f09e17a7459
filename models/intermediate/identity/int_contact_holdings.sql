-- Grain: one row per party, kind of contact and night on which the party's version
-- began or ceased to hold one: mail, phone, and the account that owns it.
with changed_users as (
    select * from {{ ref('stg_users') }}
    where night <= {{ to_night() }} and {{ touched('user_id', ref('stg_users')) }}
),

changed_sellers as (
    select * from {{ ref('stg_sellers') }}
    where night <= {{ to_night() }} and {{ touched('seller_id', ref('stg_sellers')) }}
),

changed_creators as (
    select * from {{ ref('stg_creators') }}
    where
        night <= {{ to_night() }} and {{ touched('creator_id', ref('stg_creators')) }}
),

user_states as (
    {{ became_current('changed_users', ['user_id']) }}
),

seller_states as (
    {{ became_current('changed_sellers', ['seller_id']) }}
),

creator_states as (
    {{ became_current('changed_creators', ['creator_id']) }}
),

states as (
    {{ contact_states([
        ('user_states', 'user', 'created_at', 'email', 'email_hash'),
        ('user_states', 'user', 'created_at', 'phone', 'phone_hash'),
        ('user_states', 'user', 'created_at', 'owner', "'user:' || user_id"),
        ('seller_states', 'seller', 'onboarded_at', 'email', 'contact_email_hash'),
        ('seller_states', 'seller', 'onboarded_at', 'phone', 'contact_phone_hash'),
        ('seller_states', 'seller', 'onboarded_at', 'owner', "'user:' || owner_user_id"),
        ('creator_states', 'creator', 'onboarded_at', 'owner', "'user:' || user_id"),
    ]) }}
),

ordered as (
    select
        *,
        lag(identifier) over by_party as before_hash,
        row_number() over by_party as state_number
    from states
    window by_party as (
        partition by party_type, party_id, identifier_type order by night
    )
),

changes as (
    select
        * exclude (opened_at, ingested_at),
        true as is_held,
        -- since when an older account holds what a later version says, nobody knows
        case when state_number = 1 then opened_at else ingested_at end as first_event_at
    from ordered
    where identifier is not null and identifier is distinct from before_hash
    union all by name
    select
        * exclude (opened_at, ingested_at) replace (before_hash as identifier),
        false as is_held,
        ingested_at as first_event_at
    from ordered
    where before_hash is not null and identifier is distinct from before_hash
),

int_contact_holdings as (
    select
        party_type || ':' || party_id as party_key,
        party_type,
        party_id,
        identifier_type,
        identifier,
        is_held,
        night,
        first_event_at
    from changes
    where {{ in_range('night') }}
)

select * from int_contact_holdings
