-- Grain: one row per recent referral and night on which its referee shares a device, or
-- a network and a street, with another recent referee of the same referrer.
with referrals as (
    select * from {{ ref('int_recent_referrals') }}
    where {{ in_range('night') }}
    qualify count(*) over (partition by referrer_user_id, night) > 1
),

holdings as (
    select
        party_id,
        identifier_type,
        identifier,
        is_held,
        night,
        lead(night, 1, date '9999-12-31') over (
            partition by party_id, identifier_type, identifier order by night
        ) as until_night
    from {{ ref('int_party_identifiers') }}
    where
        night <= {{ to_night() }}
        and party_type = 'user'
        and identifier_type in ('device', 'ip_prefix', 'street')
        and party_id in (select referrals.referee_user_id from referrals)
),

traces as (
    select
        referrals.referral_id,
        referrals.referrer_user_id,
        referrals.referee_user_id,
        holdings.identifier_type,
        holdings.identifier,
        referrals.night
    from referrals
    inner join holdings
        on
            referrals.referee_user_id = holdings.party_id
            and referrals.night >= holdings.night
            and referrals.night < holdings.until_night
    where holdings.is_held
),

shared as (
    select
        one.referral_id,
        one.night,
        other.referee_user_id,
        list(distinct one.identifier_type) as shared_types
    from traces as one
    inner join traces as other
        on
            one.referrer_user_id = other.referrer_user_id
            and one.night = other.night
            and one.identifier_type = other.identifier_type
            and one.identifier = other.identifier
            and one.referee_user_id != other.referee_user_id
    group by one.referral_id, one.night, other.referee_user_id
),

int_referee_links as (
    select distinct
        referral_id,
        night
    from shared
    where
        list_contains(shared_types, 'device')
        or list_has_all(shared_types, ['ip_prefix', 'street'])
)

select * from int_referee_links
