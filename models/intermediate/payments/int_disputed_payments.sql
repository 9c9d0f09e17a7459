-- Grain: one row per disputed capture and night on which a dispute stage, a refund or a
-- capture of its order arrived, with what was captured, given back and charged back at
-- the end of that night.
with all_changes as (
    select * from {{ ref('int_disputed_payment_changes') }}
    where night <= {{ to_night() }}
),

touched as (
    select payment_id from all_changes
    where {{ in_range('night') }}
),

changes as (
    select * from all_changes
    where payment_id in (select touched.payment_id from touched)
),

totals as (
    select
        payment_id,
        order_id,
        currency,
        night,
        coalesce(sum(sum(captured_minor)) over so_far, 0) as captured_minor,
        coalesce(sum(sum(charged_back_minor)) over so_far, 0) as charged_back_minor,
        coalesce(sum(sum(own_refund_minor)) over so_far, 0) as own_refund_minor,
        coalesce(sum(sum(open_refund_minor)) over so_far, 0) as open_refund_minor,
        coalesce(sum(sum(other_captured_minor)) over so_far, 0)
        - coalesce(sum(sum(other_refund_minor)) over so_far, 0) as other_room_minor,
        coalesce(bool_or(bool_or(is_other_currency)) over so_far, false)
            as is_mixed_currency,
        min(min(gap_days)) over so_far as gap_days,
        min(min(captured_at)) over so_far as captured_at,
        min(min(event_at)) over so_far as first_event_at,
        max(max(event_at)) over so_far as last_event_at
    from changes
    group by payment_id, order_id, currency, night
    window so_far as (partition by payment_id order by night)
),

-- a refund that names no capture counts here only for what the order's other captures
-- cannot have held
refunded as (
    select
        *,
        own_refund_minor
        + greatest(open_refund_minor - greatest(other_room_minor, 0), 0)
            as refunded_minor
    from totals
),

int_disputed_payments as (
    select
        payment_id,
        order_id,
        currency,
        cast(captured_minor as bigint) as captured_minor,
        cast(refunded_minor as bigint) as refunded_minor,
        cast(charged_back_minor as bigint) as charged_back_minor,
        cast(
            greatest(refunded_minor + charged_back_minor - captured_minor, 0) as bigint
        ) as double_dip_minor,
        gap_days,
        is_mixed_currency,
        night,
        captured_at,
        first_event_at,
        last_event_at
    from refunded
    where {{ in_range('night') }}
)

select * from int_disputed_payments
