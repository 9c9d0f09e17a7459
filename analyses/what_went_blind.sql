-- What could not be judged, since when and why: stretches of nights in which a
-- detection was not evaluated for the same reason. Entities are null where the input
-- itself was missing: then nobody was looked at.
with blind as (
    select
        detection_id,
        reason,
        night,
        sum(entities) as entities
    from {{ ref('fct_detection_coverage') }}
    where state = 'not_evaluated'
    group by detection_id, reason, night
),

stretches as (
    select
        *,
        night - cast(row_number() over nights_of_the_reason as integer) as stretch
    from blind
    window nights_of_the_reason as (partition by detection_id, reason order by night)
),

last_night as (
    select max(night) as night from {{ ref('fct_detection_coverage') }}
)

select
    stretches.detection_id,
    detections.detection_name,
    stretches.reason,
    min(stretches.night) as blind_from,
    max(stretches.night) as blind_to,
    count(*) as nights,
    sum(stretches.entities) as entities,
    max(stretches.night) = max(last_night.night) as is_still_blind
from stretches
cross join last_night
inner join {{ ref('dim_detections') }} as detections
    on stretches.detection_id = detections.detection_id
group by
    stretches.detection_id,
    detections.detection_name,
    stretches.reason,
    stretches.stretch
order by
    is_still_blind desc,
    nights desc,
    stretches.detection_id asc,
    stretches.reason asc,
    blind_from asc
