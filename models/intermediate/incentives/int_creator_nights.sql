-- Grain: one row per creator and night on which an item it earns on changed, or a party
-- came to its cluster or to share something more with one of it: whose account it is
-- and which cluster it belongs to as of that night.
with members as (
    select
        *,
        coalesce(until_night, date '9999-12-31') as held_until
    from {{ ref('int_cluster_periods') }}
    where night <= {{ to_night() }}
),

arrived as (
    select party_key, night from members
    where {{ in_range('night') }}
    union
    select party_a as party_key, night
    from {{ ref('int_identity_edges') }}
    where {{ in_range('night') }} and is_joined
),

touched_clusters as (
    select distinct
        members.cluster_id,
        arrived.night
    from arrived
    inner join members
        on
            arrived.party_key = members.party_key
            and arrived.night >= members.night
            and arrived.night < members.held_until
),

touched as (
    select creator_id, night
    from {{ ref('int_creator_items') }}
    where {{ in_range('night') }}
    union
    select members.party_id as creator_id, touched_clusters.night
    from touched_clusters
    inner join members
        on
            touched_clusters.cluster_id = members.cluster_id
            and touched_clusters.night >= members.night
            and touched_clusters.night < members.held_until
    where members.party_type = 'creator'
),

profiles as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='touched') }}
),

int_creator_nights as (
    select
        touched.creator_id,
        profiles.user_id as owner_user_id,
        coalesce(members.cluster_id, 'creator:' || touched.creator_id) as cluster_id,
        profiles.region,
        profiles.onboarded_on,
        touched.night
    from touched
    left join profiles
        on
            touched.creator_id = profiles.creator_id
            and touched.night >= profiles.night
            and touched.night < coalesce(profiles.until_night, date '9999-12-31')
    left join members
        on
            'creator:' || touched.creator_id = members.party_key
            and touched.night >= members.night
            and touched.night < members.held_until
)

select * from int_creator_nights
