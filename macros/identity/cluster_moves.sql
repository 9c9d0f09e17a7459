{#- Table `cluster_moves`: the parties a night puts into another cluster, and which, by their numbers. -#}
{% macro cluster_moves(members, night) -%}
create or replace temp table cluster_moves as
with moved_clusters as (
    select
        node,
        parent
    from cluster_parents
    where node not in (select party_number from cluster_opened)
),
ever_members as (
    select party_number from {{ members }}
    where night < {{ night }} and cluster_number in (select node from moved_clusters)
),
now_members as (
    select
        party_number,
        max_by(cluster_number, night) as cluster_number
    from {{ members }}
    where night < {{ night }} and party_number in (select party_number from ever_members)
    group by party_number
)
select
    now_members.party_number,
    moved_clusters.parent as cluster_number
from now_members
inner join moved_clusters on now_members.cluster_number = moved_clusters.node
union all
select
    arrived.party_number,
    moved_clusters.parent
from {{ members }} as arrived
inner join moved_clusters on arrived.party_number = moved_clusters.node
where arrived.night = {{ night }}
union all
select
    opened.party_number,
    coalesce(placed.parent, opened.party_number)
from cluster_opened as opened
left join cluster_parents as placed on opened.party_number = placed.node
where opened.cluster_number != coalesce(placed.parent, opened.party_number)
{%- endmacro %}
