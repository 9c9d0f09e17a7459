{{ config(materialized="incremental", incremental_strategy="replace_nights") }}

-- Grain: one row per detection, night, region, business line, state and reason. Missing
-- is not quiet: a detection whose input was not delivered is not evaluated, and says
-- so, whatever its population would have been.
with states as (
    select * from {{ ref('int_detection_states') }}
    where {{ in_range('night') }}
),

readiness as (
    select * from {{ ref('int_detection_readiness') }}
    where {{ in_range('night') }}
),

evaluated as (
    select
        states.detection_id,
        states.region,
        states.business_line,
        states.state,
        states.reason,
        states.entities,
        states.night
    from states
    inner join readiness
        on
            states.detection_id = readiness.detection_id
            and states.night = readiness.night
    where readiness.is_ready
),

blind as (
    select
        detection_id,
        'all' as region,
        'all' as business_line,
        'not_evaluated' as state,
        missing_input as reason,
        cast(null as bigint) as entities,
        night
    from readiness
    where not is_ready
),

fct_detection_coverage as (
    select * from evaluated
    union all
    select * from blind
)

select * from fct_detection_coverage
