{#- Contraction: the round's hooks join those of earlier rounds, of which the roots may now hang on others. -#}
{% macro cluster_keep_hooks() -%}
update cluster_parents
set parent = cluster_flat.parent
from cluster_flat
where cluster_parents.parent = cluster_flat.node;
insert into cluster_parents select node, parent from cluster_flat
{%- endmacro %}
