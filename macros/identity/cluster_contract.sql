{#- Contraction, last step of a round. Leaves in `cluster_edges` the edges between the trees, one a pair. -#}
{% macro cluster_contract() -%}
create or replace temp table cluster_edges as
with moved as (
    select
        coalesce(hook.parent, edges.node) as node,
        coalesce(older_hook.parent, edges.older) as older
    from cluster_edges as edges
    left join cluster_flat as hook on edges.node = hook.node
    left join cluster_flat as older_hook on edges.older = older_hook.node
)
select distinct
    greatest(node, older) as node,
    least(node, older) as older
from moved
where node != older
{%- endmacro %}
