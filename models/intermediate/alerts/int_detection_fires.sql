{{ config(materialized="view") }}

-- Grain: one row per detection, entity and night that fired. All detections side by side.
{% for entry in detection_registry() -%}
select * from {{ ref(entry.model) }}
{{ "union all" if not loop.last }}
{% else -%}
select
    null::varchar as detection_id,
    null::varchar as entity_type,
    null::varchar as entity_id,
    null::varchar as region,
    null::varchar as business_line,
    null::varchar as reason_code,
    null::varchar as evidence,
    null::varchar[] as evidence_objects,
    null::bigint as policy_version,
    null::decimal(18, 2) as amount_at_stake_usd,
    null::date as night,
    null::timestamp as first_event_at,
    null::timestamp as last_event_at
where false
{% endfor -%}
