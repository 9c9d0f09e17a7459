{#- Table `cluster_links`: which parties a night joins, and which it parts, by their numbers. -#}
{% macro cluster_links(parties, edges, night) -%}
create or replace temp table cluster_links as
select
    party_a.party_number as number_a,
    party_b.party_number as number_b,
    edges.is_joined
from {{ edges }} as edges
inner join {{ parties }} as party_a on edges.party_a = party_a.party_key
inner join {{ parties }} as party_b on edges.party_b = party_b.party_key
where edges.night = {{ night }} and (edges.is_joined or edges.decision in ('part', 'withdraw'))
{%- endmacro %}
