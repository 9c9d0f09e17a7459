-- Grain: one row per cluster and night on which its number of parties changed. A
-- cluster that another took in has none left.
with all_members as (
    select * from {{ ref('int_cluster_members') }}
    where night <= {{ to_night() }}
),

touched_parties as (
    select distinct party_key
    from all_members
    where {{ in_range('night') }}
),

touched_clusters as (
    select distinct cluster_id
    from all_members
    where party_key in (select touched_parties.party_key from touched_parties)
),

ever_members as (
    select distinct party_key
    from all_members
    where cluster_id in (select touched_clusters.cluster_id from touched_clusters)
),

memberships as (
    {{ periods('all_members', 'party_key', within='ever_members') }}
),

changes as (
    select
        cluster_id,
        night,
        1 as parties
    from memberships
    union all
    select
        cluster_id,
        until_night as night,
        -1 as parties
    from memberships
    where until_night is not null
),

counted as (
    select
        cluster_id,
        night,
        sum(sum(parties)) over (
            partition by cluster_id order by night
        ) as parties
    from changes
    where cluster_id in (select touched_clusters.cluster_id from touched_clusters)
    group by cluster_id, night
    having sum(parties) != 0
),

policy as (
    select * from {{ ref('int_policy_identity') }}
    where identifier_type = 'all'
),

int_cluster_sizes as (
    select
        counted.cluster_id,
        cast(counted.parties as bigint) as parties,
        counted.parties > policy.oversized_parties as is_oversized,
        counted.night
    from counted
    inner join policy
        on counted.night >= policy.valid_from and counted.night < policy.valid_to
    where {{ in_range('counted.night') }}
)

select * from int_cluster_sizes
