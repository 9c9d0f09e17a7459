{#- Table `cluster_edges`: a night's joins between numbered pieces, from the younger node to the older. -#}
{% macro cluster_edges() -%}
create or replace temp table cluster_edges as
select distinct
    greatest(piece_a.node, piece_b.node) as node,
    least(piece_a.node, piece_b.node) as older
from cluster_joins as joins
inner join cluster_pieces as piece_a on joins.piece_a = piece_a.piece
inner join cluster_pieces as piece_b on joins.piece_b = piece_b.piece
{%- endmacro %}
