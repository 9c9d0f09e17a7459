-- Grain: one row per side (before, after) and alert of the nights compared: whether it is
-- on the other side too, what its review costs and what it would catch.
with alerts as (
    select * from before.alerts
    union all by name
    select * from after.alerts
),

minutes as (
    select
        side,
        severity,
        minutes,
        applies_from,
        lead(applies_from, 1, date '9999-12-31') over (
            partition by side, severity order by applies_from
        ) as applies_to
    from review_minutes
),

sides as (
    select
        alert_id,
        count(*) = 2 as is_on_both
    from alerts
    group by alert_id
)

select
    alerts.side,
    alerts.alert_id,
    alerts.detection_id,
    alerts.entity_type,
    alerts.entity_id,
    alerts.cluster_id,
    alerts.scenario,
    alerts.severity,
    alerts.stage,
    alerts.is_queued,
    alerts.alerted_on,
    case
        when sides.is_on_both then 'same'
        when alerts.side = 'before' then 'gone'
        else 'new'
    end as change,
    case when alerts.is_queued then minutes.minutes else 0 end as queue_minutes,
    alerts.amount_at_stake_usd
from alerts
inner join sides on alerts.alert_id = sides.alert_id
left join minutes
    on
        alerts.side = minutes.side
        and alerts.severity = minutes.severity
        and alerts.alerted_on >= minutes.applies_from
        and alerts.alerted_on < minutes.applies_to
