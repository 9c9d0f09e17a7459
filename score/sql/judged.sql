-- Grain: one row per alert: whether it touches a scheme of its own detection, any scheme,
-- or a look-alike only.
create table judged as
select
    alerts.seed,
    alerts.alert_id,
    alerts.detection_id,
    coalesce(detections.scenario, 'not built') as scenario,
    alerts.entity_type,
    alerts.entity_id,
    alerts.alerted_on,
    coalesce(bool_or(
        matches.kind = 'scheme' and matches.planted_for = alerts.detection_id
    ), false) as is_true_of_own,
    coalesce(bool_or(matches.kind = 'scheme'), false) as is_true_of_any,
    coalesce(bool_or(matches.kind = 'lookalike'), false) as is_lookalike
from alerts
left join detections
    on alerts.seed = detections.seed and alerts.detection_id = detections.detection_id
left join matches
    on alerts.seed = matches.seed and alerts.alert_id = matches.alert_id
where alerts.detection_id not in (select detection_id from not_scored)
group by all;
