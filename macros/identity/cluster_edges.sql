{#-
    Table `cluster_edges`: which pieces a night joins, from the younger to the older. A piece is a cluster, by the number
    of its oldest party, or a party of an opened cluster; within an opened one every edge that still joins counts,
    however old.
-#}
{% macro cluster_edges(edges, night) -%}
create or replace temp table cluster_edges as
with pieces as (
    select * from cluster_touched
    where party_number not in (select party_number from cluster_opened)
),
pairs as (
    select
        coalesce(piece_a.cluster_number, links.number_a) as piece_a,
        coalesce(piece_b.cluster_number, links.number_b) as piece_b
    from cluster_links as links
    left join pieces as piece_a on links.number_a = piece_a.party_number
    left join pieces as piece_b on links.number_b = piece_b.party_number
    where links.is_joined
    union all
    select
        party_a.party_number,
        party_b.party_number
    from {{ edges }} as edges
    inner join cluster_opened as party_a on edges.party_a = party_a.party_key
    inner join cluster_opened as party_b on edges.party_b = party_b.party_key
    where edges.night <= {{ night }}
    group by party_a.party_number, party_b.party_number
    having max_by(edges.is_joined, edges.night)
)
select
    greatest(piece_a, piece_b) as node,
    least(piece_a, piece_b) as older
from pairs
where piece_a != piece_b
{%- endmacro %}
