-- Grain: one row per dispute of int_fraud_disputes and night, with what was known of
-- the order behind it: who bought and sold, whether the goods provably arrived, and
-- how far in days an alert of a takeover of the buyer's account lies from it.
with disputes as (
    select * from {{ ref('int_fraud_disputes') }}
    where {{ in_range('night') }} and order_id is not null
),

versions as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }}
),

shipments as (
    select * from {{ ref('stg_shipments') }}
    where night <= {{ to_night() }} and direction = 'outbound'
),

takeovers as (
    select * from {{ ref('det_takeover_cash_out') }}
    where night <= {{ to_night() }}
),

orders as (
    select
        disputes.dispute_id,
        disputes.night,
        versions.order_id,
        versions.buyer_user_id,
        versions.seller_id,
        versions.region,
        versions.business_line,
        versions.placed_at
    from disputes
    inner join versions
        on disputes.order_id = versions.order_id and disputes.night >= versions.night
    qualify row_number() over (
            partition by disputes.dispute_id, disputes.night
            order by versions.record_seq desc
        ) = 1
),

parcels as (
    select
        disputes.dispute_id,
        disputes.night,
        shipments.delivered_at is not null
        and coalesce(shipments.proof_of_delivery in ('otp', 'signature', 'gps'), false)
            as is_proven
    from disputes
    inner join shipments
        on
            disputes.order_id = shipments.order_id
            and disputes.night >= shipments.night
    qualify row_number() over (
            partition by disputes.dispute_id, disputes.night, shipments.shipment_id
            order by shipments.record_seq desc
        ) = 1
),

proofs as (
    select
        dispute_id,
        night,
        bool_or(is_proven) as has_proof
    from parcels
    group by dispute_id, night
),

alerts as (
    select
        orders.dispute_id,
        orders.night,
        min(abs(takeovers.night - cast(orders.placed_at as date))) as takeover_gap_days
    from orders
    inner join takeovers
        on
            orders.buyer_user_id = takeovers.entity_id
            and orders.night >= takeovers.night
    group by orders.dispute_id, orders.night
),

int_dispute_orders as (
    select
        orders.*,
        coalesce(proofs.has_proof, false) as has_proof,
        cast(alerts.takeover_gap_days as bigint) as takeover_gap_days
    from orders
    left join proofs using (dispute_id, night)
    left join alerts using (dispute_id, night)
)

select * from int_dispute_orders
