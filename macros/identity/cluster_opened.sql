{#-
    Table `cluster_opened`: the parties of clusters of which a night parts two members. Such a cluster is put together
    again from its parties; any other moves as one piece.
-#}
{% macro cluster_opened(members, night) -%}
create or replace temp table cluster_opened as
with parted as (
    select distinct party_a.cluster_number
    from cluster_links as links
    inner join cluster_touched as party_a on links.number_a = party_a.party_number
    inner join cluster_touched as party_b on links.number_b = party_b.party_number
    where not links.is_joined and party_a.cluster_number = party_b.cluster_number
),
ever_members as (
    select party_number from {{ members }}
    where night < {{ night }} and cluster_number in (select cluster_number from parted)
)
select
    party_number,
    party_key,
    max_by(cluster_number, night) as cluster_number
from {{ members }}
where night < {{ night }} and party_number in (select party_number from ever_members)
group by party_number, party_key
having max_by(cluster_number, night) in (select cluster_number from parted)
{%- endmacro %}
