-- Grain: one row per party (user, seller or creator), on the night its first row
-- arrived. Where it stands in the order of arrival decides which party names a cluster.
with versions as (
    select
        'user' as party_type,
        user_id as party_id,
        created_at as first_event_at,
        night
    from {{ ref('stg_users') }}
    union all
    select 'seller', seller_id, onboarded_at, night from {{ ref('stg_sellers') }}
    union all
    select 'creator', creator_id, onboarded_at, night from {{ ref('stg_creators') }}
),

arrived as (
    select distinct
        party_type,
        party_id
    from versions
    where {{ in_range('night') }}
),

parties as (
    select
        versions.party_type || ':' || versions.party_id as party_key,
        versions.party_type,
        versions.party_id,
        min(versions.night) as night,
        min_by(
            versions.first_event_at, (versions.night, versions.first_event_at)
        ) as first_event_at
    from versions
    inner join arrived
        on
            versions.party_type = arrived.party_type
            and versions.party_id = arrived.party_id
    where versions.night <= {{ to_night() }}
    group by versions.party_type, versions.party_id
    having {{ in_range('min(versions.night)') }}
),

-- the night in front, so that numbers follow the order of arrival
int_parties as (
    select
        party_key,
        party_type,
        party_id,
        cast(strftime(night, '%Y%m%d') as bigint) * 1000000000 + row_number() over (
            partition by night order by first_event_at, party_key
        ) as party_number,
        night,
        first_event_at
    from parties
)

select * from int_parties
