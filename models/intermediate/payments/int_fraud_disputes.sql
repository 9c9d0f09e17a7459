-- Grain: one row per dispute that calls the payment fraud and night on which a stage of
-- it, its capture, a version of its order or a parcel of it became known, with what was
-- known of the payment by then.
with events as (
    select * from {{ ref('stg_dispute_events') }}
    where night <= {{ to_night() }}
),

all_positions as (
    select * from {{ ref('int_dispute_positions') }}
    where dispute_id in (
            select events.dispute_id from events
            where events.reason_group = 'fraud'
        )
),

positions as (
    {{ periods('all_positions', 'dispute_id', within='events') }}
),

captures as (
    select * from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and kind = 'capture'
        and result = 'approved'
        and payment_id in (select positions.payment_id from positions)
),

orders as (
    select * from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and order_id in (select captures.order_id from captures)
),

parcels as (
    select * from {{ ref('stg_shipments') }}
    where
        night <= {{ to_night() }}
        and direction = 'outbound'
        and order_id in (select captures.order_id from captures)
),

about_orders as (
    select order_id, night from orders
    union
    select order_id, night from parcels
),

arrivals as (
    select payment_id, night from positions
    union
    select payment_id, night from captures
    union
    select
        captures.payment_id,
        greatest(captures.night, about_orders.night) as night
    from captures
    inner join about_orders on captures.order_id = about_orders.order_id
),

judged as (
    select
        positions.dispute_id,
        arrivals.payment_id,
        captures.order_id,
        captures.user_id,
        captures.device_id,
        captures.ip_hash,
        captures.instrument_fingerprint,
        case
            when positions.charged_back_minor > 0 then positions.currency
            else captures.currency
        end as currency,
        case
            when positions.charged_back_minor > 0 then positions.charged_back_minor
            else captures.amount_minor
        end as disputed_minor,
        positions.stage,
        arrivals.night,
        captures.attempted_at as paid_at,
        positions.opened_at,
        positions.last_event_at
    from arrivals
    inner join positions
        on
            arrivals.payment_id = positions.payment_id
            and arrivals.night >= positions.night
            and arrivals.night < coalesce(positions.until_night, date '9999-12-31')
    left join captures
        on
            arrivals.payment_id = captures.payment_id
            and arrivals.night >= captures.night
    where {{ in_range('arrivals.night') }}
),

-- what the latest stage that gives a reason says
int_fraud_disputes as (
    select judged.*
    from judged
    inner join events
        on
            judged.dispute_id = events.dispute_id
            and judged.night >= events.night
            and events.reason_group is not null
    qualify
        row_number() over (
            partition by judged.dispute_id, judged.night order by events.stage_seq desc
        ) = 1
        and events.reason_group = 'fraud'
)

select * from int_fraud_disputes
