-- What connects two parties: the shortest chain of shared identifiers between them, a
-- row per hop, with the night on which each pair was joined. Without ids in `chosen`,
-- the two ends of the longest chain to an oldest party. No row: nothing connects them.
with recursive chosen as (
    select
        party_type || ':' || party_id as first_party, -- 'user:...', 'seller:...'
        cluster_id as second_party
    from {{ ref('mart_identity_chains') }}
    order by hops desc nulls last, party_type asc, party_id asc
    limit 1
),

-- no chain within a cluster is longer than it has parties
longest as (
    select count(*) as hops
    from {{ ref('mart_identity_chains') }} as members
    inner join {{ ref('mart_identity_chains') }} as first_member
        on members.cluster_id = first_member.cluster_id
    inner join chosen
        on chosen.first_party
            = first_member.party_type || ':' || first_member.party_id
),

steps as (
    select * from {{ ref('int_identity_joins') }}
),

-- from the second party outwards, so that the chain is read from the first, and no
-- further once that is reached
reached as (
    select
        second_party as party_key,
        0 as hops
    from chosen
    union
    select
        steps.to_party as party_key,
        reached.hops + 1 as hops
    from reached
    inner join steps on reached.party_key = steps.from_party
    cross join longest
    cross join chosen
    where reached.hops < longest.hops
    qualify not bool_or(steps.from_party = chosen.first_party) over ()
),

nearest as (
    select
        party_key,
        min(hops) as hops
    from reached
    group by party_key
),

nexts as (
    select
        steps.from_party,
        steps.to_party,
        steps.shared,
        steps.joined_on
    from nearest
    inner join steps on nearest.party_key = steps.from_party
    inner join nearest as next_party
        on
            steps.to_party = next_party.party_key
            and nearest.hops = next_party.hops + 1
    qualify row_number() over (
            partition by steps.from_party order by steps.to_party
        ) = 1
),

chain as (
    select
        1 as hop,
        nexts.*
    from nexts
    inner join chosen on nexts.from_party = chosen.first_party
    union all
    select
        chain.hop + 1 as hop,
        nexts.*
    from chain
    inner join nexts on chain.to_party = nexts.from_party
)

select
    chain.hop,
    chain.from_party,
    chain.shared,
    chain.to_party,
    chain.joined_on,
    count(links.identifier) as shared_identifiers,
    max(links.holders) as most_holders
from chain
left join {{ ref('int_identity_links') }} as links
    on
        least(chain.from_party, chain.to_party) = links.party_a
        and greatest(chain.from_party, chain.to_party) = links.party_b
group by chain.hop, chain.from_party, chain.shared, chain.to_party, chain.joined_on
order by chain.hop
