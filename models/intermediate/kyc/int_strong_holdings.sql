-- Grain: one row per party, account that acts for it and strong identifier this account
-- ever held: from the night both were known. Who came beyond the hub limit holds none.
with all_actors as (
    select * from {{ ref('int_party_actors') }}
    where night <= {{ to_night() }}
),

new_actors as (
    select actor_key from all_actors
    where {{ in_range('night') }}
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
        and (
            {{ in_range('held.night') }}
            or held.party_key in (select new_actors.actor_key from new_actors)
        )
),

int_strong_holdings as (
    select
        all_actors.party_key,
        all_actors.actor_key,
        places.identifier_type,
        places.identifier,
        greatest(all_actors.night, places.night) as night
    from places
    inner join all_actors on places.actor_key = all_actors.actor_key
    where {{ in_range('greatest(all_actors.night, places.night)') }}
)

select * from int_strong_holdings
