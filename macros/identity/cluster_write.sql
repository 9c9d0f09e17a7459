{#- A night's moves as rows of the change log. -#}
{% macro cluster_write(members, parties, night) -%}
insert into {{ members }} (cluster_id, party_key, party_type, party_id, night)
select
    moves.cluster_id,
    moves.party_key,
    parties.party_type,
    parties.party_id,
    {{ night }}
from cluster_moves as moves
inner join {{ parties }} as parties on moves.party_key = parties.party_key
{%- endmacro %}
