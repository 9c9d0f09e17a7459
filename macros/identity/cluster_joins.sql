{#-
    Table `cluster_joins`: which pieces a night joins. A piece is a cluster, named by its oldest party, or a party of an
    opened cluster; within an opened one every edge that still joins counts, however old.
-#}
{% macro cluster_joins(edges, night) -%}
create or replace temp table cluster_joins as
with pieces as (
    select
        touched.party_key,
        case when opened.party_key is null then touched.cluster_id else touched.party_key end as piece
    from cluster_touched as touched
    left join cluster_opened as opened on touched.party_key = opened.party_key
),
pairs as (
    select
        piece_a.piece as piece_a,
        piece_b.piece as piece_b
    from {{ edges }} as edges
    inner join pieces as piece_a on edges.party_a = piece_a.party_key
    inner join pieces as piece_b on edges.party_b = piece_b.party_key
    where edges.night = {{ night }} and edges.is_joined
    union all
    select
        party_a,
        party_b
    from {{ edges }}
    where
        night <= {{ night }}
        and party_a in (select party_key from cluster_opened)
        and party_b in (select party_key from cluster_opened)
    group by party_a, party_b
    having max_by(is_joined, night)
)
select distinct
    piece_a,
    piece_b
from pairs
where piece_a != piece_b
{%- endmacro %}
