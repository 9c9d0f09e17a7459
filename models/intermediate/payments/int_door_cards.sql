-- Grain: one row per home door at which an order or its payment became known that
-- night, order to it of the last 30 days and card or wallet that paid it.
with doors as (
    select * from {{ ref('int_order_doors') }}
    where
        night <= {{ to_night() }}
        and is_home
        and placed_on > {{ from_night() }} - 30
),

payments as (
    select * from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and kind = 'authorisation'
        and result = 'approved'
        and instrument_fingerprint is not null
        and order_id in (select doors.order_id from doors)
),

touched as (
    select distinct
        doors.door_id,
        greatest(doors.night, payments.night) as night
    from doors
    inner join payments on doors.order_id = payments.order_id
    where
        {{ in_range('greatest(doors.night, payments.night)') }}
        and greatest(doors.night, payments.night) - 30 < doors.placed_on
),

int_door_cards as (
    select
        touched.door_id,
        doors.order_id,
        payments.instrument_fingerprint,
        min(doors.buyer_user_id) as buyer_user_id,
        min(doors.region) as region,
        min(doors.business_line) as business_line,
        max(payments.issuer_country) as issuer_country,
        list(payments.payment_id order by payments.payment_id) as payment_ids,
        touched.night,
        min(doors.placed_at) as placed_at
    from touched
    inner join doors
        on
            touched.door_id = doors.door_id
            and touched.night >= doors.night
            and touched.night - 30 < doors.placed_on
    inner join payments
        on
            doors.order_id = payments.order_id
            and touched.night >= payments.night
    group by
        touched.door_id, touched.night, doors.order_id, payments.instrument_fingerprint
)

select * from int_door_cards
