{#-
    Table `cluster_touched`: the parties of a night's links that were there before, with the cluster each is in. Who
    arrives this night is a cluster of its own.
-#}
{% macro cluster_touched(members, night) -%}
create or replace temp table cluster_touched as
select
    party_number,
    max_by(cluster_number, night) as cluster_number
from {{ members }}
where
    night < {{ night }}
    and party_number in (
        select number_a from cluster_links
        union all
        select number_b from cluster_links
    )
group by party_number
{%- endmacro %}
