{#-
    The state of every entity one detection looked at, one row per entity and night of the run: fired, quiet,
    too_early (not enough history) or not_evaluated (with the reason). `entry` is a row of the registry.
-#}
{% macro detection_states(entry) -%}
    select
        '{{ entry.id }}' as detection_id,
        population.entity_type,
        population.entity_id,
        population.night,
        coalesce(max(population.region), 'all') as region,
        coalesce(max(population.business_line), 'all') as business_line,
        bool_or(fires.entity_id is not null) as has_fired,
        bool_or(population.missing_input is null) as is_evaluable,
        bool_or(
            population.missing_input is null and population.history_days >= policy.min_history_days
        ) as has_history,
        min(population.missing_input) as missing_input
    from {{ ref(entry.indicator) }} as population
    left join ({{ policy_in_force(entry.id, ['min_history_days']) }}) as policy
        on {{ policy_applies('population') }}
    left join {{ ref(entry.model) }} as fires
        on
            population.entity_type = fires.entity_type
            and population.entity_id = fires.entity_id
            and population.night = fires.night
    where {{ in_range('population.night') }}
    group by population.entity_type, population.entity_id, population.night
{%- endmacro %}
