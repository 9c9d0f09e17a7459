{#- Table `cluster_moves`: the parties a night puts into another cluster, and which. -#}
{% macro cluster_moves(members, night) -%}
create or replace temp table cluster_moves as
with placed as (
    select
        pieces.piece,
        coalesce(oldest.piece, pieces.piece) as cluster_id
    from cluster_pieces as pieces
    left join cluster_parents as parents on pieces.node = parents.node
    left join cluster_pieces as oldest on parents.parent = oldest.node
),
moved_clusters as (
    select
        piece,
        cluster_id
    from placed
    where piece != cluster_id and piece not in (select party_key from cluster_opened)
),
ever_members as (
    select party_key from {{ members }}
    where night <= {{ night }} and cluster_id in (select piece from moved_clusters)
),
now_members as (
    select
        party_key,
        party_type,
        party_id,
        max_by(cluster_id, night) as cluster_id
    from {{ members }}
    where night <= {{ night }} and party_key in (select party_key from ever_members)
    group by party_key, party_type, party_id
)
select
    now_members.party_key,
    now_members.party_type,
    now_members.party_id,
    moved_clusters.cluster_id
from now_members
inner join moved_clusters on now_members.cluster_id = moved_clusters.piece
union all
select
    opened.party_key,
    opened.party_type,
    opened.party_id,
    placed.cluster_id
from cluster_opened as opened
inner join placed on opened.party_key = placed.piece
where opened.cluster_id != placed.cluster_id
{%- endmacro %}
