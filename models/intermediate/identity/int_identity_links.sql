-- Grain: one row per pair of parties and identifier, on the first night both held it
-- unparted. An identifier links its first holders only, up to the hub limit.
with policy as (
    select * from {{ ref('int_policy_identity') }}
),

parted as (
    select * from {{ ref('int_identity_decisions') }}
    where decision = 'part'
),

-- who was parted and no longer is may share what linked nobody then
begun as (
    select identifier_type, identifier from {{ ref('int_party_identifiers') }}
    where is_held and {{ in_range('night') }}
    union
    select held.identifier_type, held.identifier
    from {{ ref('int_party_identifiers') }} as held
    inner join parted on held.party_key = parted.party_a
    where {{ in_range('parted.valid_to') }} and held.night <= {{ to_night() }}
),

all_holdings as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by party_key, identifier_type, identifier order by night
        ) as until_night
    from {{ ref('int_party_identifiers') }}
    where
        night <= {{ to_night() }}
        and (identifier_type, identifier) in (
            select (begun.identifier_type, begun.identifier) from begun
        )
),

limits as (
    select
        identifier_type,
        max(coalesce(hub_limit, 2147483647)) as widest_limit,
        bool_and(links_to_first) as links_to_first
    from policy
    group by identifier_type
),

holders as (
    select
        all_holdings.*,
        places.place,
        limits.links_to_first
    from all_holdings
    inner join {{ ref('int_identifier_places') }} as places
        using (party_key, identifier_type, identifier)
    inner join limits using (identifier_type)
    where all_holdings.is_held and places.place <= limits.widest_limit
),

meetings as (
    select
        least(earlier.party_key, later.party_key) as party_a,
        greatest(earlier.party_key, later.party_key) as party_b,
        identifier_type,
        identifier,
        earlier.place as first_place,
        later.place as holders,
        min(greatest(earlier.night, later.night, parted.valid_to)) as night
    from holders as earlier
    inner join holders as later using (identifier_type, identifier)
    left join parted
        on
            least(earlier.party_key, later.party_key) = parted.party_a
            and greatest(earlier.party_key, later.party_key) = parted.party_b
            and greatest(earlier.night, later.night) >= parted.valid_from
            and greatest(earlier.night, later.night) < parted.valid_to
    where
        earlier.place < later.place
        and greatest(earlier.night, later.night, parted.valid_to)
        < least(earlier.until_night, later.until_night)
        and (earlier.place = 1 or not earlier.links_to_first)
        -- a store is linked to its owner, not to the owner's other stores
        and (
            identifier_type != 'owner'
            or identifier in (earlier.party_key, later.party_key)
        )
    group by all
),

int_identity_links as (
    select
        meetings.* exclude (first_place, night),
        policy.strength,
        case
            when meetings.holders > policy.small_group then 0 else policy.weight
        end as weight,
        policy.carries_join,
        meetings.night
    from meetings
    inner join policy
        on
            meetings.identifier_type = policy.identifier_type
            and meetings.night >= policy.valid_from
            and meetings.night < policy.valid_to
    where
        {{ in_range('meetings.night') }}
        and meetings.holders <= coalesce(policy.hub_limit, meetings.holders)
        and (meetings.first_place = 1 or not policy.links_to_first)
        and (policy.within_agency or not exists (
            select 1
            from {{ ref('int_agency_creators') }} as one_party
            inner join {{ ref('int_agency_creators') }} as other_party using (agency_id)
            where
                one_party.party_key = meetings.party_a
                and other_party.party_key = meetings.party_b
                and meetings.night between one_party.night and one_party.until_night - 1
                and meetings.night
                between other_party.night and other_party.until_night - 1
        ))
)

select * from int_identity_links
