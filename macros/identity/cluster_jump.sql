{#-
    Contraction: puts every loose node on the parent of its parent. One whose parent is a root is loose no more, and is not
    looked at again; a chain of n hooks is flat after log2(n) jumps.
-#}
{% macro cluster_jump() -%}
create or replace temp table cluster_hooks as
select
    loose.node,
    coalesce(flat.parent, next.parent, loose.parent) as parent,
    next.node is not null as is_loose
from cluster_hooks as loose
left join cluster_flat as flat on loose.parent = flat.node
left join cluster_hooks as next on loose.parent = next.node and next.is_loose
where loose.is_loose;
insert into cluster_flat
select
    node,
    parent
from cluster_hooks
where not is_loose
{%- endmacro %}
