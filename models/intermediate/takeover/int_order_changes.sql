-- Grain: one row per order and change of its buyer's credentials or contact data in the
-- 24 hours before it, on the night both were known. A change made on another device
-- than the order's is the owner's own and does not count.
with changes as (
    select * from {{ ref('stg_account_changes') }}
    where
        night <= {{ to_night() }}
        and party_type = 'user'
        and field in ('password', 'email', 'phone', 'address')
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and buyer_user_id in (select changes.party_id from changes)
),

moved as (
    select party_id as user_id from changes
    where {{ in_range('night') }}
    union
    select buyer_user_id as user_id from sales
    where {{ in_range('night') }}
),

orders as (
    select
        order_id,
        buyer_user_id,
        device_id,
        session_id,
        region,
        business_line,
        night,
        placed_at
    from sales
    where buyer_user_id in (select moved.user_id from moved)
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

int_order_changes as (
    select
        orders.order_id,
        changes.change_id,
        orders.buyer_user_id,
        orders.device_id,
        orders.session_id,
        orders.region,
        orders.business_line,
        changes.field,
        greatest(orders.night, changes.night) as night,
        changes.changed_at,
        orders.placed_at
    from orders
    inner join changes
        on
            orders.buyer_user_id = changes.party_id
            and orders.placed_at > changes.changed_at
            and orders.placed_at - interval 24 hours <= changes.changed_at
            and coalesce(orders.device_id = changes.device_id, true)
    where {{ in_range('greatest(orders.night, changes.night)') }}
)

select * from int_order_changes
