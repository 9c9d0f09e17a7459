{#-
    Contraction: puts every node of `relation` (node, parent) on the parent of its parent's parent. A chain of n hooks is flat
    after log3(n) of these, and cluster_jumps_left says when.
-#}
{% macro cluster_jump(relation) -%}
create or replace temp table {{ relation }} as
select
    hooks.node,
    coalesce(third.parent, next.parent, hooks.parent) as parent
from {{ relation }} as hooks
left join {{ relation }} as next on hooks.parent = next.node
left join {{ relation }} as third on next.parent = third.node
{%- endmacro %}
