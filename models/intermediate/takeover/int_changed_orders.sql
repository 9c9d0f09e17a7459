-- Grain: one row per order after a change of its buyer's credentials or contact data
-- and night on which the order, a change, an approved payment for it or its session
-- became known, with what was known of it by then.
with changes as (
    select * from {{ ref('int_order_changes') }}
    where night <= {{ to_night() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_id in (select changes.order_id from changes)
),

payments as (
    select * from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and kind = 'authorisation'
        and result = 'approved'
        and order_id in (select changes.order_id from changes)
),

sessions as (
    select * from {{ ref('stg_sessions') }}
    where
        night <= {{ to_night() }}
        and session_id in (select changes.session_id from changes)
),

arrivals as (
    select order_id, night from changes
    union
    select order_id, night from sales
    union
    select order_id, night from payments
    union
    select
        changes.order_id,
        sessions.night
    from changes
    inner join sessions on changes.session_id = sessions.session_id
),

judged as (
    select
        arrivals.order_id,
        arrivals.night,
        min(changes.buyer_user_id) as buyer_user_id,
        min(changes.device_id) as device_id,
        min(changes.session_id) as session_id,
        min(changes.region) as region,
        min(changes.business_line) as business_line,
        count(*) as changes_24h,
        list(distinct changes.field order by changes.field) as fields,
        min(changes.changed_at) as changed_at,
        min(changes.placed_at) as placed_at
    from arrivals
    inner join changes
        on arrivals.order_id = changes.order_id and arrivals.night >= changes.night
    where {{ in_range('arrivals.night') }}
    group by arrivals.order_id, arrivals.night
),

amounts as (
    select
        judged.order_id,
        judged.night,
        {{ sum_if_all_known('sales.paid_usd', 'true') }} as paid_usd
    from judged
    inner join sales
        on judged.order_id = sales.order_id and judged.night >= sales.night
    group by judged.order_id, judged.night
),

paid_with as (
    select
        judged.order_id,
        judged.night,
        list(distinct payments.payment_id order by payments.payment_id) as payment_ids,
        list(
            distinct payments.instrument_fingerprint
            order by payments.instrument_fingerprint
        ) filter (where payments.instrument_fingerprint is not null) as instruments
    from judged
    inner join payments
        on judged.order_id = payments.order_id and judged.night >= payments.night
    group by judged.order_id, judged.night
),

int_changed_orders as (
    select
        judged.*,
        coalesce(paid_with.payment_ids, []) as payment_ids,
        coalesce(paid_with.instruments, []) as instruments,
        cast(amounts.paid_usd as decimal(18, 2)) as paid_usd
    from judged
    left join amounts using (order_id, night)
    left join paid_with using (order_id, night)
)

select * from int_changed_orders
