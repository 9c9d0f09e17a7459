{#- Table `cluster_pieces`: the pieces of a night, numbered from the oldest: by arrival, then by event time, then by id. -#}
{% macro cluster_pieces(parties) -%}
create or replace temp table cluster_pieces as
select
    parties.party_key as piece,
    row_number() over (order by parties.night, parties.first_event_at, parties.party_key) as node
from {{ parties }} as parties
where parties.party_key in (
    select piece_a from cluster_joins
    union
    select piece_b from cluster_joins
    union
    select party_key from cluster_opened
)
{%- endmacro %}
