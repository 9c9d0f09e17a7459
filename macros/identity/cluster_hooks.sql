{#-
    Contraction, first step of a round. Table `cluster_hooks`: every node on the oldest of its older neighbours, all of them
    loose; and `cluster_flat`, empty: the hooks of which the parent is known to be a root.
-#}
{% macro cluster_hooks() -%}
create or replace temp table cluster_hooks as
select
    node,
    min(older) as parent,
    true as is_loose
from cluster_edges
group by node;
create or replace temp table cluster_flat (node bigint, parent bigint)
{%- endmacro %}
