-- Grain: one row per seller, terminated party and night on which a chain of two hops
-- between them became known: a party that shares one strong identifier with the one
-- thrown off and another with the seller.
with holdings as (
    select * from {{ ref('int_strong_holdings') }}
    where night <= {{ to_night() }}
),

neighbours as (
    select * from {{ ref('int_terminated_neighbours') }}
    where night <= {{ to_night() }}
),

parted as (
    select * from {{ ref('int_identity_decisions') }}
    where decision = 'part'
),

-- what two share while an analyst has parted them counts once that is taken back
newly_held as (
    select identifier_type, identifier from holdings
    where {{ in_range('night') }}
    union
    select holdings.identifier_type, holdings.identifier
    from parted
    inner join holdings on holdings.actor_key in (parted.party_a, parted.party_b)
    where {{ in_range('parted.valid_to') }}
),

-- what is shared on both hops is shared by the ends, which is one hop
first_hops as (
    select
        neighbours.terminated_key,
        neighbours.party_key as via_key,
        holdings.actor_key,
        holdings.identifier_type,
        holdings.identifier,
        greatest(neighbours.night, holdings.night) as night
    from neighbours
    inner join holdings on neighbours.party_key = holdings.party_key
    where
        (neighbours.identifier_type, neighbours.identifier)
        is distinct from (holdings.identifier_type, holdings.identifier)
        and (
            {{ in_range('neighbours.night') }}
            or (holdings.identifier_type, holdings.identifier) in (
                select (newly_held.identifier_type, newly_held.identifier)
                from newly_held
            )
        )
),

chains as (
    select
        holdings.party_key as seller_key,
        first_hops.terminated_key,
        first_hops.via_key,
        least(holdings.actor_key, first_hops.actor_key) as actor_a,
        greatest(holdings.actor_key, first_hops.actor_key) as actor_b,
        greatest(holdings.night, first_hops.night) as night
    from first_hops
    inner join holdings
        on
            first_hops.identifier_type = holdings.identifier_type
            and first_hops.identifier = holdings.identifier
    where
        holdings.party_key like 'seller:%'
        and holdings.party_key not in (first_hops.terminated_key, first_hops.via_key)
),

dated as (
    select
        chains.* exclude (chains.night),
        coalesce(parted.valid_to, chains.night) as night
    from chains
    left join parted
        on
            chains.actor_a = parted.party_a
            and chains.actor_b = parted.party_b
            and chains.night >= parted.valid_from
            and chains.night < parted.valid_to
),

int_terminated_chains as (
    select
        seller_key,
        terminated_key,
        min(via_key) as via_key,
        night
    from dated
    where {{ in_range('night') }}
    group by seller_key, terminated_key, night
)

select * from int_terminated_chains
