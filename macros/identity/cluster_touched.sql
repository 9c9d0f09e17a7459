{#- Table `cluster_touched`: the parties of a night's edges, with the cluster each is in. -#}
{% macro cluster_touched(members, edges, night) -%}
create or replace temp table cluster_touched as
select
    party_key,
    max_by(cluster_id, night) as cluster_id
from {{ members }}
where
    night <= {{ night }}
    and party_key in (
        select party_a from {{ edges }} where night = {{ night }} and (is_joined or decision = 'part')
        union
        select party_b from {{ edges }} where night = {{ night }} and (is_joined or decision = 'part')
    )
group by party_key
{%- endmacro %}
