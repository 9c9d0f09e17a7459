-- Grain: one row per seller, event date and night: orders placed that day, those that
-- were cancelled after the seller had sent a contact and their value, contacts sent
-- that day, and reports of that day about its requests for money.
with versions as (
    select * from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and coalesce(order_type, 'normal') = 'normal'
        and {{ touched('order_id', ref('stg_orders')) }}
),

orders as (
    select * from versions
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

acts as (
    select * from {{ ref('int_diversion_acts') }}
    where {{ in_range('night') }}
),

items as (
    select * from {{ ref('int_diverted_items') }}
    where {{ in_range('night') }}
),

changes as (
    select
        seller_id,
        cast(placed_at as date) as event_date,
        night,
        1 as orders
    from orders
    where {{ in_range('night') }}
    union all by name
    select
        seller_id,
        event_date,
        night,
        cast(kind = 'cancellation' as integer) as diverted_orders,
        cast(kind = 'contact' as integer) as contacts,
        cast(kind = 'report' as integer) as reported_requests
    from acts
    union all by name
    select
        seller_id,
        placed_on as event_date,
        night,
        value_usd as diverted_usd,
        cast(value_usd is null as integer) as unpriced_items
    from items
),

int_seller_chats_daily as (
    select
        seller_id,
        event_date,
        cast(coalesce(sum(orders), 0) as bigint) as orders,
        cast(coalesce(sum(diverted_orders), 0) as bigint) as diverted_orders,
        cast(coalesce(sum(unpriced_items), 0) as bigint) as unpriced_items,
        cast(coalesce(sum(contacts), 0) as bigint) as contacts,
        cast(coalesce(sum(reported_requests), 0) as bigint) as reported_requests,
        cast(coalesce(sum(diverted_usd), 0) as decimal(18, 2)) as diverted_usd,
        night
    from changes
    group by seller_id, event_date, night
)

select * from int_seller_chats_daily
