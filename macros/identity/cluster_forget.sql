{#- A party that arrived and moved on one night was in one cluster that night, the last. -#}
{% macro cluster_forget(members, night) -%}
delete from {{ members }}
where night = {{ night }} and party_number in (select party_number from cluster_moves)
{%- endmacro %}
