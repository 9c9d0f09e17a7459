-- Which stretch of an order's total each capture and void covers, as known on a night:
-- captures lie end to end in the order they moved, a void covers the end of its
-- capture. One row per key (order), night on which the order changed, and movement.
with movements as (
    select
        *,
        coalesce('order:' || order_id, 'payment:' || payment_id) as ledger_key
    from {{ ref('int_ledger_facts_payments') }}
    where night <= {{ to_night() }}
),

arrivals as (
    select
        ledger_key,
        night
    from movements
    where {{ in_range('night') }}
    union
    select
        'order:' || order_id as ledger_key,
        night
    from {{ ref('stg_order_items') }}
    where {{ in_range('night') }}
    union
    select
        'order:' || order_id as ledger_key,
        night
    from {{ ref('int_order_parties') }}
    where {{ in_range('night') }}
),

known as (
    select
        movements.ledger_key,
        movements.fact_id,
        movements.fact,
        movements.order_id,
        movements.payment_id,
        movements.currency,
        movements.amount_minor,
        movements.event_at,
        arrivals.night
    from arrivals
    inner join movements
        on
            arrivals.ledger_key = movements.ledger_key
            and arrivals.night >= movements.night
),

voided as (
    select
        *,
        fact = 'capture' as is_capture,
        coalesce(sum(amount_minor) filter (where fact = 'void') over (
            partition by night, payment_id
        ), 0) as voided_in_all,
        coalesce(sum(amount_minor) filter (where fact = 'void') over (
            partition by night, payment_id
            order by event_at, fact_id
            rows between unbounded preceding and current row
        ), 0) as voided_so_far
    from known
),

captured as (
    select
        *,
        case when is_capture then greatest(amount_minor - voided_in_all, 0) else 0 end
            as live_minor,
        sum(
            case
                when is_capture then greatest(amount_minor - voided_in_all, 0) else 0
            end
        ) over (
            partition by ledger_key, currency, night
            order by event_at, fact_id
            rows between unbounded preceding and current row
        ) as live_so_far
    from voided
),

placed as (
    select
        *,
        max(live_so_far - live_minor) filter (where is_capture) over (
            partition by night, payment_id
        ) as starts_at_minor,
        max(amount_minor) filter (where is_capture) over (
            partition by night, payment_id
        ) as capture_minor
    from captured
),

int_ledger_payment_segments as (
    select
        ledger_key,
        fact_id,
        case
            when not is_capture
                then {{ fact_id('payment_attempts', 'payment_id', 'capture') }}
        end as reversed_fact_id,
        order_id,
        payment_id,
        currency,
        case when is_capture then 1 else -1 end as direction,
        amount_minor,
        cast(starts_at_minor + case
            when is_capture then 0
            else greatest(capture_minor - voided_so_far, 0)
        end as bigint) as from_minor,
        cast(starts_at_minor + case
            when is_capture then capture_minor
            else greatest(capture_minor - voided_so_far + amount_minor, 0)
        end as bigint) as to_minor,
        event_at,
        night
    from placed
)

select * from int_ledger_payment_segments
