-- Grain: one row per seller, terminated party and kind of identifier they or their
-- owners share: from the first night both were known with it and the other as thrown
-- off.
with all_actors as (
    select * from {{ ref('int_party_actors') }}
    where night <= {{ to_night() }}
),

terminated as (
    select
        party_key,
        min(night) as night
    from {{ ref('int_terminated_parties') }}
    where is_terminated and night <= {{ to_night() }}
    group by party_key
),

terminated_actors as (
    select
        all_actors.party_key,
        all_actors.actor_key,
        greatest(all_actors.night, terminated.night) as night
    from all_actors
    inner join terminated on all_actors.party_key = terminated.party_key
),

sellers as (
    select * from all_actors
    where party_key like 'seller:%'
),

places as (
    select
        held.party_key as actor_key,
        held.identifier_type,
        held.identifier,
        held.night
    from {{ ref('int_identifier_places') }} as held
    inner join {{ ref('int_policy_identity') }} as policy
        on
            held.identifier_type = policy.identifier_type
            and held.night >= policy.valid_from
            and held.night < policy.valid_to
    where
        policy.strength = 'strong'
        and held.place <= coalesce(policy.hub_limit, held.place)
        and held.night <= {{ to_night() }}
),

-- strong identifiers tie for ever: who was thrown off holds them no longer
strong_ties as (
    select
        theirs.actor_key as their_key,
        ours.actor_key as our_key,
        theirs.identifier_type,
        true as is_strong,
        greatest(theirs.night, ours.night) as night
    from terminated_actors
    inner join places as theirs on terminated_actors.actor_key = theirs.actor_key
    inner join places as ours
        on
            theirs.identifier_type = ours.identifier_type
            and theirs.identifier = ours.identifier
),

-- a device of many, as in a dormitory, weighs nothing and ties nobody
all_links as (
    select * from {{ ref('int_identity_links') }}
    where
        identifier_type in ('device', 'phone', 'email', 'instrument', 'street')
        and weight > 0
        and night <= {{ to_night() }}
),

ties as (
    select * from strong_ties
    union
    select party_a, party_b, identifier_type, false as is_strong, night from all_links
    union
    select party_b, party_a, identifier_type, false as is_strong, night from all_links
),

parted as (
    select * from {{ ref('int_identity_decisions') }}
    where decision = 'part'
),

-- what was shared while an analyst had parted two counts once that is taken back
first_nights as (
    select
        sellers.party_key as seller_key,
        terminated_actors.party_key as terminated_key,
        ties.identifier_type,
        ties.is_strong,
        min(greatest(
            coalesce(parted.valid_to, ties.night),
            sellers.night, terminated_actors.night
        )) as night
    from ties
    inner join terminated_actors on ties.their_key = terminated_actors.actor_key
    inner join sellers on ties.our_key = sellers.actor_key
    left join parted
        on
            least(ties.our_key, ties.their_key) = parted.party_a
            and greatest(ties.our_key, ties.their_key) = parted.party_b
            and ties.night >= parted.valid_from
            and ties.night < parted.valid_to
    where sellers.party_key != terminated_actors.party_key
    group by
        sellers.party_key, terminated_actors.party_key,
        ties.identifier_type, ties.is_strong
),

int_terminated_ties as (
    select * from first_nights
    where {{ in_range('night') }}
)

select * from int_terminated_ties
