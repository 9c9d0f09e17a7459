{#-
    Connected components of `cluster_edges` into `cluster_parents` (node, the oldest node it is connected to). Each round
    hooks every node to the oldest of its older neighbours, flattens the trees and contracts them to one node each; rounds
    are few, because what is hooked is gone. `first` is what to do before: statements, each ended by a `;`.
-#}
{% macro cluster_rounds(first='') -%}
    {%- if run_query(first ~ cluster_edges_left()).rows[0][0] > 0 -%}
        {%- do cluster_flatten(cluster_hooks() ~ ';' ~ cluster_jump() ~ ';') -%}
        {%- do cluster_rounds(cluster_keep_hooks() ~ ';' ~ cluster_contract() ~ ';') -%}
    {%- endif -%}
{%- endmacro %}
