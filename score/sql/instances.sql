-- Grain: one row per planted instance. Whether, and when, the detection it was planted
-- for saw it, and whether any did. A look-alike counts as taken in only by an alert that
-- touches no scheme of the alert's own detection (any: no scheme at all).
create table instances as
with planted as (
    select
        seed,
        kind,
        instance_id,
        instance_type,
        detection_id,
        strength,
        began_on,
        bool_and(is_place) as is_place_only
    from truth
    group by all
),

true_alerts as (
    select
        seed,
        alert_id,
        bool_or(planted_for = detection_id) as is_true_of_own
    from matches
    where kind = 'scheme'
    group by all
),

counted as (
    select
        matches.*,
        matches.planted_for = matches.detection_id
        and (matches.kind = 'scheme' or not coalesce(true_alerts.is_true_of_own, false))
            as is_by_own,
        matches.kind = 'scheme' or true_alerts.alert_id is null as is_by_any
    from matches
    left join true_alerts
        on matches.seed = true_alerts.seed and matches.alert_id = true_alerts.alert_id
),

seen as (
    select
        seed,
        kind,
        instance_id,
        planted_for,
        min(matched_on) filter (where is_by_own) as seen_on,
        min(matched_on) filter (where is_by_any) as seen_by_any_on
    from counted
    group by all
),

instances as (
    select
        planted.*,
        coalesce(detections.scenario, 'not built') as scenario,
        coalesce(detections.stage, 'none') as stage,
        seen.seen_on,
        seen.seen_by_any_on,
        seen.seen_on - planted.began_on as days_to_detect
    from planted
    left join seen
        on
            planted.seed = seen.seed
            and planted.kind = seen.kind
            and planted.instance_id = seen.instance_id
            and planted.detection_id = seen.planted_for
    left join detections
        on
            planted.seed = detections.seed
            and planted.detection_id = detections.detection_id
)

select * from instances;
