{#- Jumps until every node of `relation` hangs on a root. -#}
{% macro cluster_flatten(relation) -%}
    {%- if run_query(cluster_jumps_left(relation)).rows[0][0] > 0 -%}
        {%- do run_query(cluster_jump(relation)) -%}
        {%- do cluster_flatten(relation) -%}
    {%- endif -%}
{%- endmacro %}
