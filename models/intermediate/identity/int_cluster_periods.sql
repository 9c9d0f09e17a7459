{{ config(materialized="view") }}

-- Grain: one row per party and period in which it belongs to one cluster. As of night
-- D: night <= D and (until_night is null or until_night > D).
with members as (
    select * from {{ ref('int_cluster_members') }}
),

int_cluster_periods as (
    select
        cluster_id,
        party_key,
        party_type,
        party_id,
        night,
        lead(night) over (partition by party_key order by night) as until_night
    from members
)

select * from int_cluster_periods
