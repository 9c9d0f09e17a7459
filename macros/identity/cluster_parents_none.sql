{#- Table `cluster_parents`, empty: which node names the component of each node that is not the oldest of one. -#}
{% macro cluster_parents_none() -%}
create or replace temp table cluster_parents (node bigint, parent bigint)
{%- endmacro %}
