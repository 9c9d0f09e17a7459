-- Grain: one row per party of an identity cluster of more than one. By which shared
-- identifiers it hangs together with the cluster's oldest party, over the fewest hops;
-- of equally short chains, the one over the parties whose keys sort first.
with recursive last_night as (
    select max(night) as night from {{ ref('stg_landing_deliveries') }}
),

policy as (
    select policy.max_hops
    from {{ ref('int_policy_identity') }} as policy
    cross join last_night
    where
        policy.identifier_type = 'all'
        and last_night.night >= policy.valid_from
        and last_night.night < policy.valid_to
),

members as (
    select
        *,
        count(*) over (partition by cluster_id) as parties
    from {{ ref('int_cluster_periods') }}
    where until_night is null
    qualify parties > 1
),

steps as (
    select * from {{ ref('int_identity_joins') }}
),

reached as (
    select
        party_key,
        0 as hops
    from members
    where party_key = cluster_id
    union
    select
        steps.to_party as party_key,
        reached.hops + 1 as hops
    from reached
    inner join steps on reached.party_key = steps.from_party
    cross join policy
    where reached.hops < policy.max_hops
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
        nearest.party_key,
        steps.to_party as next_party_key,
        steps.shared
    from nearest
    inner join steps on nearest.party_key = steps.from_party
    inner join nearest as next_party
        on
            steps.to_party = next_party.party_key
            and nearest.hops = next_party.hops + 1
    qualify row_number() over (
            partition by nearest.party_key order by steps.to_party
        ) = 1
),

chains as (
    select
        party_key,
        cast(null as varchar) as next_party_key,
        party_key as chain
    from nearest
    where hops = 0
    union all
    select
        nexts.party_key,
        nexts.next_party_key,
        nexts.party_key || ' -' || nexts.shared || '-> ' || chains.chain
    from chains
    inner join nexts on chains.party_key = nexts.next_party_key
),

mart_identity_chains as (
    select
        members.cluster_id,
        members.party_type,
        members.party_id,
        chains.next_party_key,
        chains.chain,
        nearest.hops,
        members.parties,
        members.night as member_since
    from members
    left join nearest on members.party_key = nearest.party_key
    left join chains on members.party_key = chains.party_key
)

select * from mart_identity_chains
