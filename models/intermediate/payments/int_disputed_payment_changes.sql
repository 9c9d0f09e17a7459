-- Grain: one row per disputed capture and thing that arrived about its order (the
-- capture itself, another capture, a refund, a stage of a dispute, a refund beside a
-- dispute), with the amounts it added. Nothing counts before both the capture and its
-- first dispute are known.
with captures as (
    select
        *,
        coalesce(order_id, payment_id) as order_key
    from {{ ref('stg_payment_attempts') }}
    where night <= {{ to_night() }} and kind = 'capture' and result = 'approved'
),

refunds as (
    select * from {{ ref('int_order_refunds') }}
    where night <= {{ to_night() }}
),

disputes as (
    select
        *,
        charged_back_minor - lag(charged_back_minor, 1, 0) over (
            partition by dispute_id order by night
        ) as change_minor
    from {{ ref('int_dispute_positions') }}
    where night <= {{ to_night() }}
),

first_disputes as (
    select payment_id, min(night) as night
    from disputes
    group by payment_id
),

disputed as (
    select
        captures.payment_id,
        captures.order_key as order_id,
        captures.currency,
        captures.amount_minor,
        greatest(captures.night, first_disputes.night) as night,
        captures.attempted_at as captured_at
    from captures
    inner join first_disputes on captures.payment_id = first_disputes.payment_id
),

changes as (
    select
        payment_id,
        amount_minor as captured_minor,
        captured_at,
        night
    from disputed
    union all by name
    select
        disputed.payment_id,
        captures.amount_minor as other_captured_minor,
        captures.night
    from disputed
    inner join captures
        on disputed.order_id = captures.order_key
            and disputed.payment_id != captures.payment_id
    union all by name
    select
        disputed.payment_id,
        case when refunds.capture_id = disputed.payment_id then refunds.amount_minor end
            as own_refund_minor,
        case
            when refunds.capture_id != disputed.payment_id then refunds.amount_minor
        end
            as other_refund_minor,
        case when refunds.capture_id is null then refunds.amount_minor end
            as open_refund_minor,
        refunds.currency != disputed.currency as is_other_currency,
        refunds.succeeded_at as event_at,
        refunds.night
    from disputed
    inner join refunds on disputed.order_id = refunds.order_id
    union all by name
    select
        disputed.payment_id,
        disputes.change_minor as charged_back_minor,
        disputes.currency != disputed.currency as is_other_currency,
        disputes.last_event_at as event_at,
        disputes.night
    from disputed
    inner join disputes on disputed.payment_id = disputes.payment_id
    union all by name
    select
        disputed.payment_id,
        abs(cast(disputes.opened_at as date) - cast(refunds.succeeded_at as date))
            as gap_days,
        greatest(disputes.night, refunds.night) as night
    from disputed
    inner join disputes on disputed.payment_id = disputes.payment_id
    inner join refunds on disputed.order_id = refunds.order_id
    where coalesce(refunds.capture_id, disputed.payment_id) = disputed.payment_id
),

int_disputed_payment_changes as (
    select
        changes.payment_id,
        disputed.order_id,
        disputed.currency,
        changes.captured_minor,
        changes.other_captured_minor,
        changes.own_refund_minor,
        changes.other_refund_minor,
        changes.open_refund_minor,
        changes.charged_back_minor,
        changes.gap_days,
        changes.is_other_currency,
        greatest(changes.night, disputed.night) as night,
        changes.captured_at,
        changes.event_at
    from changes
    inner join disputed on changes.payment_id = disputed.payment_id
    where {{ in_range('greatest(changes.night, disputed.night)') }}
)

select * from int_disputed_payment_changes
