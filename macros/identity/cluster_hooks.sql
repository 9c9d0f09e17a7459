{#- Contraction, first step of a round. Table `cluster_hooks`: every node on the oldest of its older neighbours. -#}
{% macro cluster_hooks() -%}
create or replace temp table cluster_hooks as
select
    node,
    min(older) as parent
from cluster_edges
group by node
{%- endmacro %}
