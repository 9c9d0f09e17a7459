{#-
    The prior each row of `cte` (entity_type, entity_id, night) is judged with, as columns of one row per entity and
    night: its peer group's of the latest baseline night before it; everybody's for an entity that was not active then.
    No row when there was no baseline. Both are joined by equality, or every entity would meet all members of its kind.
-#}
{% macro peer_priors(cte, measure) -%}
    select
        looked_at.entity_type,
        looked_at.entity_id,
        looked_at.night,
        priors.peer_group,
        priors.group_used,
        priors.pg_level_used,
        priors.peer_rate,
        priors.alpha,
        priors.beta
    from (
        select entity_type, entity_id, night, unnest([entity_id, '']) as prior_of
        from {{ cte }}
    ) as looked_at
    inner join {{ ref('int_peer_priors') }} as priors
        on
            looked_at.entity_type = priors.entity_type
            and priors.measure = '{{ measure }}'
            and {{ baseline_night_before('looked_at.night') }} = priors.night
            and looked_at.prior_of = coalesce(priors.entity_id, '')
    qualify row_number() over (
        partition by looked_at.entity_type, looked_at.entity_id, looked_at.night
        order by priors.entity_id is null
    ) = 1
{%- endmacro %}
