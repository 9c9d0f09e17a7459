-- Grain: one row per order of int_changed_orders and night whose session is known:
-- whether country and network are ones its buyer signed in from during the 90 days
-- before, other than on the order's device in the last 24 hours.
with orders as (
    select * from {{ ref('int_changed_orders') }}
    where {{ in_range('night') }}
),

sessions as (
    select * from {{ ref('stg_sessions') }}
    where
        night <= {{ to_night() }}
        and (
            user_id in (select orders.buyer_user_id from orders)
            or session_id in (select orders.session_id from orders)
        )
),

placed as (
    select
        orders.order_id,
        orders.buyer_user_id,
        orders.device_id,
        orders.night,
        orders.placed_at,
        sessions.country,
        sessions.asn
    from orders
    inner join sessions
        on orders.session_id = sessions.session_id and orders.night >= sessions.night
),

logins as (
    select * from sessions
    where coalesce(login_result, 'success') = 'success'
),

int_changed_order_places as (
    select
        placed.order_id,
        placed.country,
        placed.asn,
        placed.country is not null
        and not coalesce(bool_or(logins.country = placed.country), false)
            as is_new_country,
        placed.asn is not null
        and not coalesce(bool_or(logins.asn = placed.asn), false) as is_new_network,
        count(logins.session_id) as sessions_90d,
        placed.night
    from placed
    left join logins
        on
            placed.buyer_user_id = logins.user_id
            and placed.night >= logins.night
            and placed.placed_at > logins.started_at
            and placed.placed_at - interval 90 days < logins.started_at
            and (
                placed.device_id is distinct from logins.device_id
                or placed.placed_at - interval 24 hours >= logins.started_at
            )
    group by
        placed.order_id, placed.night, placed.country, placed.asn
)

select * from int_changed_order_places
