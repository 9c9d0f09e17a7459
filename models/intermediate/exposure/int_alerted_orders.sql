-- Orders that an alert for the review queue (P1, P2) touches: sold, bought or promoted
-- by the party it fired on, by a member of the cluster it fired on, or named as its
-- evidence. One row per order, alert, way in which it is touched and severity, on the
-- night from which it is: an alert that becomes graver touches its orders again.
with alerts as (
    select
        alert_id,
        entity_type,
        entity_id,
        scenario,
        alerted_on
    from {{ ref('fct_alerts') }}
    where is_queued and alerted_on <= {{ to_night() }}
),

severities as (
    select * from {{ ref('int_alert_severities') }}
    where severity in ('P1', 'P2') and night <= {{ to_night() }}
),

-- a cluster is its members on the night of the alert
parties as (
    select
        alert_id,
        entity_type as party_type,
        entity_id as party_id,
        alerted_on
    from alerts
    where entity_type in ('seller', 'user', 'creator')
    union all
    select
        alerts.alert_id,
        members.party_type,
        members.party_id,
        alerts.alerted_on
    from alerts
    inner join {{ ref('int_cluster_periods') }} as members
        on
            alerts.entity_id = members.cluster_id
            and alerts.alerted_on >= members.night
            and alerts.alerted_on < coalesce(members.until_night, date '9999-12-31')
    where alerts.entity_type = 'cluster'
),

traders as (
    select * from {{ ref('int_order_traders') }}
    where night <= {{ to_night() }}
),

evidence as (
    select
        alert_id,
        object_type,
        object_id,
        night
    from {{ ref('bridge_alert_evidence') }}
    where night <= {{ to_night() }} and object_type in ('order', 'payment')
),

touches as (
    select
        traders.order_id,
        parties.alert_id,
        parties.party_type as touched_as,
        min(greatest(traders.night, parties.alerted_on)) as night
    from parties
    inner join traders
        on
            parties.party_type = traders.party_type
            and parties.party_id = traders.party_id
    group by traders.order_id, parties.alert_id, parties.party_type
    union all
    select
        object_id as order_id,
        alert_id,
        'evidence' as touched_as,
        night
    from evidence
    where object_type = 'order'
    union all
    select
        payments.order_id,
        evidence.alert_id,
        'payment' as touched_as,
        min(greatest(payments.night, evidence.night)) as night
    from evidence
    inner join {{ ref('stg_payment_attempts') }} as payments
        on evidence.object_id = payments.payment_id
    where
        evidence.object_type = 'payment'
        and payments.order_id is not null
        and payments.night <= {{ to_night() }}
    group by payments.order_id, evidence.alert_id
),

int_alerted_orders as (
    select
        touches.order_id,
        touches.alert_id,
        touches.touched_as,
        alerts.scenario,
        severities.severity,
        alerts.alerted_on,
        greatest(touches.night, severities.night) as night
    from touches
    inner join alerts on touches.alert_id = alerts.alert_id
    inner join severities on touches.alert_id = severities.alert_id
    where {{ in_range('greatest(touches.night, severities.night)') }}
)

select * from int_alerted_orders
