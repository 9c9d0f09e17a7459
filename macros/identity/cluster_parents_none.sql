{#- Table `cluster_parents`, empty: which older node each node has been hooked to. -#}
{% macro cluster_parents_none() -%}
create or replace temp table cluster_parents (node bigint, parent bigint)
{%- endmacro %}
