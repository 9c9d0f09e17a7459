{#- How many edges are left to contract. -#}
{% macro cluster_edges_left() -%}
select count(*) from cluster_edges
{%- endmacro %}
