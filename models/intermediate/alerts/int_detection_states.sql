-- Grain: one row per detection, night, region, business line, state and reason. How many of the entities a detection
-- looked at were in which state; counted here, since the entities themselves are in the indicators.
with states as (
    {%- for entry in detection_registry() %}
    {{ detection_states(entry) }}
    {{ 'union all' if not loop.last }}
    {%- else %}
    select
        null::varchar as detection_id, null::varchar as entity_id, null::date as night,
        null::varchar as region, null::varchar as business_line, null::boolean as has_fired,
        null::boolean as is_evaluable, null::boolean as has_history, null::varchar as missing_input
    where false
    {%- endfor %}
),

named as (
    select
        *,
        case
            when has_fired then 'fired'
            when has_history then 'quiet'
            when is_evaluable then 'too_early'
            else 'not_evaluated'
        end as state
    from states
),

int_detection_states as (
    select
        detection_id,
        region,
        business_line,
        state,
        case when state = 'not_evaluated' then missing_input end as reason,
        count(*) as entities,
        night
    from named
    group by all
)

select * from int_detection_states
