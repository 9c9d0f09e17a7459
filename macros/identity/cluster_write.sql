{#- A night's moves as rows of the change log. -#}
{% macro cluster_write(members, night) -%}
insert into {{ members }} (cluster_id, party_key, party_type, party_id, night)
select
    cluster_id,
    party_key,
    party_type,
    party_id,
    {{ night }}
from cluster_moves
{%- endmacro %}
