{#-
    Table `cluster_opened`: the parties of clusters of which a night parts two members. Such a cluster is put together
    again from its parties; any other moves as one piece.
-#}
{% macro cluster_opened(members, edges, night) -%}
create or replace temp table cluster_opened as
with parted as (
    select distinct party_a.cluster_id
    from {{ edges }} as edges
    inner join cluster_touched as party_a on edges.party_a = party_a.party_key
    inner join cluster_touched as party_b on edges.party_b = party_b.party_key
    where
        edges.night = {{ night }}
        and edges.decision = 'part'
        and party_a.cluster_id = party_b.cluster_id
),
ever_members as (
    select party_key from {{ members }}
    where night <= {{ night }} and cluster_id in (select cluster_id from parted)
)
select
    party_key,
    party_type,
    party_id,
    max_by(cluster_id, night) as cluster_id
from {{ members }}
where night <= {{ night }} and party_key in (select party_key from ever_members)
group by party_key, party_type, party_id
having max_by(cluster_id, night) in (select cluster_id from parted)
{%- endmacro %}
