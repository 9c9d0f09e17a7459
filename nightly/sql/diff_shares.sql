-- Grain: one row per side, alert and order behind it (or the entity, where no order is):
-- its share of the alert's stake in cents, the cents left over going to the first
-- orders, and whether a verdict confirms it.
with evidence as (
    select * from before.evidence
    union all by name
    select * from after.evidence
),

orders as (
    select
        alerts.side,
        alerts.alert_id,
        alerts.detection_id,
        coalesce(
            'order:' || evidence.object_id, alerts.entity_type || ':' || alerts.entity_id
        ) as subject,
        cast(round(coalesce(alerts.amount_at_stake_usd, 0) * 100) as bigint) as stake,
        count(*) over (partition by alerts.side, alerts.alert_id) as subjects,
        row_number() over (
            partition by alerts.side, alerts.alert_id order by evidence.object_id
        ) as place
    from alerts
    left join evidence
        on
            alerts.side = evidence.side
            and alerts.alert_id = evidence.alert_id
            and evidence.object_type = 'order'
),

-- the latest version of each verdict
verdicts as (
    select * from labels
    qualify row_number() over (partition by disposition_id order by record_seq desc) = 1
),

confirmed as (
    select * from verdicts
    where disposition in ('confirmed_fraud', 'confirmed_abuse')
),

-- a verdict on the alert, on its entity or on a party of its cluster; on parties only
-- those of the same scenario count
confirmed_alerts as (
    select distinct
        alerts.side,
        alerts.alert_id
    from alerts
    inner join confirmed
        on
            alerts.alert_id = confirmed.alert_id
            or (
                alerts.scenario = confirmed.scenario
                and (
                    (
                        alerts.entity_type = confirmed.target_type
                        and alerts.entity_id = confirmed.target_id
                    )
                    or alerts.cluster_id = confirmed.cluster_id
                )
            )
)

select
    orders.side,
    orders.alert_id,
    orders.detection_id,
    orders.subject,
    orders.stake // orders.subjects
    + case when orders.place <= orders.stake % orders.subjects then 1 else 0 end as cents,
    confirmed_alerts.alert_id is not null
    or orders.subject in (
        select 'order:' || confirmed.target_id from confirmed
        where confirmed.target_type = 'order'
    ) as is_confirmed
from orders
left join confirmed_alerts
    on
        orders.side = confirmed_alerts.side
        and orders.alert_id = confirmed_alerts.alert_id
