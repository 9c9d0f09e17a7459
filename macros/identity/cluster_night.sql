{#- One night of the clusters: what its edges join and part, written as rows of the change log. -#}
{% macro cluster_night(members, parties, edges, night) -%}
    {%- do run_query(cluster_touched(members, edges, night)) -%}
    {%- do run_query(cluster_opened(members, edges, night)) -%}
    {%- do run_query(cluster_joins(edges, night)) -%}
    {%- do run_query(cluster_pieces(parties)) -%}
    {%- do run_query(cluster_edges()) -%}
    {%- do run_query(cluster_parents_none()) -%}
    {%- do cluster_rounds() -%}
    {%- do cluster_flatten('cluster_parents') -%}
    {%- do run_query(cluster_moves(members, night)) -%}
    {%- do run_query(cluster_forget(members, night)) -%}
    {%- do run_query(cluster_write(members, night)) -%}
{%- endmacro %}
