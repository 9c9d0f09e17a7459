{#- A night's moves as rows of the change log. -#}
{% macro cluster_write(members, parties, night) -%}
insert into {{ members }} by name
select
    oldest.party_key as cluster_id,
    parties.party_key,
    parties.party_type,
    parties.party_id,
    moves.cluster_number,
    moves.party_number,
    {{ night }} as night
from cluster_moves as moves
inner join {{ parties }} as parties on moves.party_number = parties.party_number
inner join {{ parties }} as oldest on moves.cluster_number = oldest.party_number
{%- endmacro %}
