-- Grain: one row per party. Which identity cluster a party belongs to, and since which
-- night.
with members as (
    select * from {{ ref('int_cluster_members') }}
),

bridge_cluster_members as (
    select
        cluster_id,
        party_type,
        party_id,
        night as from_night
    from members
)

select * from bridge_cluster_members
