-- Grain: one row per party and night on which its identity cluster changed. As of night
-- D a party belongs to the cluster of its latest row with from_night <= D.
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
