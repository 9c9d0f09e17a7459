{#-
    What each row of `cte` (entity_type, entity_id, night) is compared with by robust_z: median, median and mean
    absolute deviation of its peers' rates on the latest baseline night before it; everybody's for an entity that was
    not active then. One row per entity and night; no row when there was no baseline.
-#}
{% macro peer_spreads(cte, measure) -%}
    select
        looked_at.entity_type,
        looked_at.entity_id,
        looked_at.night,
        spreads.group_used,
        spreads.pg_level_used,
        spreads.median_rate,
        spreads.median_deviation,
        spreads.mean_deviation
    from {{ cte }} as looked_at
    left join {{ ref('int_peer_members') }} as members
        on
            looked_at.entity_type = members.entity_type
            and looked_at.entity_id = members.entity_id
            and members.measure = '{{ measure }}'
            and {{ baseline_night_before('looked_at.night') }} = members.night
    inner join {{ ref('int_peer_spreads') }} as spreads
        on
            looked_at.entity_type = spreads.entity_type
            and spreads.measure = '{{ measure }}'
            and {{ baseline_night_before('looked_at.night') }} = spreads.night
            and spreads.peer_group in (members.peer_group, 'all')
    qualify row_number() over (
        partition by looked_at.entity_type, looked_at.entity_id, looked_at.night
        order by spreads.peer_group = 'all'
    ) = 1
{%- endmacro %}
