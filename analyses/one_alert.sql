-- Everything behind one alert, in the order it happened: the alert, its evidence, the
-- money booked on the orders concerned, and what was decided. Without an id in
-- `chosen`, the queued alert with the highest stake is shown.
with chosen as (
    select *
    from {{ ref('fct_alerts') }}
    -- where alert_id = 'put the id of your alert here'
    order by is_queued desc, amount_at_stake_usd desc nulls last, alert_id asc
    limit 1
),

objects as (
    select
        evidence.object_type,
        evidence.object_id
    from {{ ref('bridge_alert_evidence') }} as evidence
    inner join chosen on evidence.alert_id = chosen.alert_id
),

payments as (
    select payments.*
    from {{ ref('stg_payment_attempts') }} as payments
    inner join objects
        on objects.object_type = 'payment' and payments.payment_id = objects.object_id
),

order_ids as (
    select order_id from payments
    union
    select object_id as order_id
    from objects
    where object_type = 'order'
),

orders as (
    select orders.*
    from {{ ref('fct_orders') }} as orders
    inner join order_ids on orders.order_id = order_ids.order_id
),

refunds as (
    select refunds.*
    from {{ ref('stg_refunds') }} as refunds
    inner join objects
        on objects.object_type = 'refund' and refunds.refund_id = objects.object_id
),

shipments as (
    select shipments.*
    from {{ ref('stg_shipments') }} as shipments
    inner join objects
        on
            objects.object_type = 'shipment'
            and shipments.shipment_id = objects.object_id
),

postings as (
    select postings.*
    from {{ ref('fct_ledger_postings') }} as postings
    inner join orders on postings.order_id = orders.order_id
),

dispositions as (
    select dispositions.*
    from {{ ref('stg_case_dispositions') }} as dispositions
    inner join chosen on dispositions.alert_id = chosen.alert_id
),

timeline as (
    select
        'alert' as what,
        detection_id || ' ' || entity_type || ' ' || entity_id as id,
        concat_ws(' ', reason_code, severity, recommended_action, evidence) as said,
        amount_at_stake_usd as amount_usd,
        alerted_on as night,
        last_event_at as happened_at
    from chosen
    union all by name
    select
        'payment' as what,
        payment_id as id,
        concat_ws(' ', kind, result, decline_code, amount_minor, currency) as said,
        night,
        attempted_at as happened_at
    from payments
    union all by name
    select
        'order' as what,
        order_id as id,
        concat_ws(' ', status, captured_minor, currency, 'captured') as said,
        amount_usd,
        first_night as night,
        placed_at as happened_at
    from orders
    union all by name
    select
        'refund' as what,
        refund_id as id,
        concat_ws(' ', refund_type, funded_by, amount_minor, currency) as said,
        night,
        succeeded_at as happened_at
    from refunds
    union all by name
    select
        'shipment' as what,
        shipment_id as id,
        concat_ws(' ', direction, carrier, 'version', record_seq) as said,
        night,
        coalesce(delivered_at, label_created_at) as happened_at
    from shipments
    union all by name
    select
        'posting' as what,
        posting_id as id,
        concat_ws(' ', account, journal_kind, amount_minor, currency) as said,
        amount_usd,
        night,
        event_at as happened_at
    from postings
    union all by name
    select
        'disposition' as what,
        disposition_id as id,
        concat_ws(' ', disposition, label_source) as said,
        night,
        labelled_at as happened_at
    from dispositions
    union all by name
    select
        object_type as what,
        object_id as id,
        'evidence' as said
    from objects
    where object_type not in ('payment', 'order', 'refund', 'shipment')
)

select
    happened_at,
    night,
    what,
    id,
    amount_usd,
    said
from timeline
order by happened_at nulls last, what, id, said
