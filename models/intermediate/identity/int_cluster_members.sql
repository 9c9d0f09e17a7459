{{ config(materialized="cluster_nights") }}

-- Grain: one row per party and night on which its cluster changed. This query lays
-- every new party down as a cluster of its own; the materialization then joins and
-- parts clusters night by night.
-- depends_on: {{ ref('int_identity_edges') }}
with parties as (
    select * from {{ ref('int_parties') }}
    where {{ in_range('night') }}
),

int_cluster_members as (
    select
        party_key as cluster_id,
        party_key,
        party_type,
        party_id,
        party_number as cluster_number,
        party_number,
        night
    from parties
)

select * from int_cluster_members
