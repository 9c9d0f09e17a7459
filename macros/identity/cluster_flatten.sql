{#- Jumps until every node of `relation` hangs on a root. `first` is what to do before: statements, each ended by a `;`. -#}
{% macro cluster_flatten(relation, first='') -%}
    {%- if run_query(first ~ cluster_jumps_left(relation)).rows[0][0] > 0 -%}
        {%- do cluster_flatten(relation, cluster_jump(relation) ~ ';') -%}
    {%- endif -%}
{%- endmacro %}
