{#- How many nodes of `relation` hang on a node that itself hangs on another: none when the trees are flat. -#}
{% macro cluster_jumps_left(relation) -%}
select count(*)
from {{ relation }} as hooks
inner join {{ relation }} as next on hooks.parent = next.node
{%- endmacro %}
