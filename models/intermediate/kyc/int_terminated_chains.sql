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

newly_held as (
    select distinct identifier_type, identifier
    from holdings
    where {{ in_range('night') }}
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
        and {{ in_range('greatest(holdings.night, first_hops.night)') }}
),

parted as (
    select * from {{ ref('int_identity_decisions') }}
    where decision = 'part'
),

int_terminated_chains as (
    select
        chains.seller_key,
        chains.terminated_key,
        min(chains.via_key) as via_key,
        chains.night
    from chains
    left join parted
        on
            chains.actor_a = parted.party_a
            and chains.actor_b = parted.party_b
            and chains.night >= parted.valid_from
            and chains.night < parted.valid_to
    where parted.party_a is null
    group by chains.seller_key, chains.terminated_key, chains.night
)

select * from int_terminated_chains
