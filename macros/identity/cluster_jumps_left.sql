{#- How many hooks are still loose: none when the round's trees are flat. -#}
{% macro cluster_jumps_left() -%}
select count(*) from cluster_hooks where is_loose
{%- endmacro %}
