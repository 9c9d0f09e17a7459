{#-
    The shape every detection returns: one row per entity and night that fired. `judged` is a CTE with the entity, the
    night, a reason_code (null: did not fire), stakes, policy_version and evidence_objects (a list of
    'object_type:object_id'); `evidence` maps each number that was compared to the threshold it was compared with
    (none: shown for information). Rows of nights whose inputs were not delivered are left out: they are not evaluated.
-#}
{% macro detection_fires(judged, detection_id, evidence) -%}
    select
        '{{ detection_id }}' as detection_id,
        {{ judged }}.entity_type,
        {{ judged }}.entity_id,
        {{ judged }}.region,
        {{ judged }}.business_line,
        {{ judged }}.reason_code,
        to_json({
            {%- for measure, threshold in evidence.items() %}
            '{{ measure }}': {
                'value': {{ judged }}.{{ measure }}
                {%- if threshold %}, 'threshold': {{ judged }}.{{ threshold }}{% endif -%}
            }{{ ',' if not loop.last }}
            {%- endfor %}
        })::varchar as evidence,
        {{ judged }}.evidence_objects,
        {{ judged }}.policy_version,
        cast({{ judged }}.amount_at_stake_usd as decimal(18, 2)) as amount_at_stake_usd,
        {{ judged }}.night,
        {{ judged }}.first_event_at,
        {{ judged }}.last_event_at
    from {{ judged }}
    inner join {{ ref('int_detection_readiness') }} as readiness
        on
            readiness.detection_id = '{{ detection_id }}'
            and readiness.night = {{ judged }}.night
            and readiness.is_ready
    where {{ judged }}.reason_code is not null
    qualify row_number() over (
        partition by {{ judged }}.entity_type, {{ judged }}.entity_id, {{ judged }}.night
        order by amount_at_stake_usd desc nulls last, {{ judged }}.last_event_at desc, evidence
    ) = 1
{%- endmacro %}
