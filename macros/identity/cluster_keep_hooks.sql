{#- Contraction: the round's hooks join those of earlier rounds. -#}
{% macro cluster_keep_hooks() -%}
insert into cluster_parents select node, parent from cluster_hooks
{%- endmacro %}
