-- Grain: one row per identity cluster, night and kind of identifier: how many of its
-- people taken on in 14 days hold one of the kind that another of them holds too.
with members as (
    select * from {{ ref('int_onboarding_members') }}
    where is_new and {{ in_range('night') }}
),

actors as (
    select
        members.cluster_id,
        members.night,
        members.person_key,
        actors.actor_key
    from members
    inner join {{ ref('int_party_actors') }} as actors
        on members.party_key = actors.party_key and members.night >= actors.night
),

held as (
    select distinct
        actors.cluster_id,
        actors.night,
        actors.person_key,
        places.identifier_type,
        places.identifier
    from actors
    inner join {{ ref('int_identifier_places') }} as places
        on actors.actor_key = places.party_key and actors.night >= places.night
    where places.identifier_type not in ('owner', 'name', 'ip_prefix')
),

shared as (
    select * from held
    qualify count(*) over (
            partition by cluster_id, night, identifier_type, identifier
        ) > 1
),

int_onboarding_shared_types as (
    select
        cluster_id,
        identifier_type,
        count(distinct person_key) as people,
        night
    from shared
    group by cluster_id, identifier_type, night
)

select * from int_onboarding_shared_types
