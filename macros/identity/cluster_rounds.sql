{#-
    Connected components of `cluster_edges` into `cluster_parents` (node, an older node it is connected to). Each round
    hooks every node to the oldest of its older neighbours, flattens the trees and contracts them to one node each; rounds
    are few, because what is hooked is gone.
-#}
{% macro cluster_rounds() -%}
    {%- if run_query(cluster_edges_left()).rows[0][0] > 0 -%}
        {%- do run_query(cluster_hooks()) -%}
        {%- do cluster_flatten('cluster_hooks') -%}
        {%- do run_query(cluster_keep_hooks()) -%}
        {%- do run_query(cluster_contract()) -%}
        {%- do cluster_rounds() -%}
    {%- endif -%}
{%- endmacro %}
