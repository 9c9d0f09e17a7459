{#- Jumps until every hook is on a root. `first` is what to do before: statements, each ended by a `;`. -#}
{% macro cluster_flatten(first='') -%}
    {%- if run_query(first ~ cluster_jumps_left()).rows[0][0] > 0 -%}
        {%- do cluster_flatten(cluster_jump() ~ ';') -%}
    {%- endif -%}
{%- endmacro %}
