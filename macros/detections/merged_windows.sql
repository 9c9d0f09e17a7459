{#-
    Windows of one entity and night that overlap (first_event_at to last_event_at), merged into stretches, so that what
    lies in several windows counts once. `tie` makes the order of windows unique.
-#}
{% macro merged_windows(windows, tie) -%}
    select
        entity_type,
        entity_id,
        night,
        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at
    from (
        select
            *,
            count(*) filter (where starts_apart) over (
                partition by entity_type, entity_id, night
                order by last_event_at, {{ tie }}
            ) as stretch
        from (
            select
                *,
                coalesce(first_event_at > max(last_event_at) over (
                    partition by entity_type, entity_id, night
                    order by last_event_at, {{ tie }}
                    rows between unbounded preceding and 1 preceding
                ), true) as starts_apart
            from {{ windows }}
        )
    )
    group by entity_type, entity_id, night, stretch
{%- endmacro %}
