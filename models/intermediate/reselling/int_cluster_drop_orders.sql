-- Grain: one row per buyer cluster, drop, night on which something about its orders of
-- the first minute became known or the cluster grew, and order item known by then.
with orders as (
    select * from {{ ref('int_drop_orders') }}
    where night <= {{ to_night() }}
),

checkouts as (
    select * from {{ ref('int_order_checkouts') }}
    where night <= {{ to_night() }}
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user' and night <= {{ to_night() }}
),

moved as (
    select drop_id, buyer_user_id, night from orders
    where {{ in_range('night') }}
    union
    select orders.drop_id, orders.buyer_user_id, checkouts.night
    from orders
    inner join checkouts on orders.order_id = checkouts.order_id
    where orders.night < checkouts.night and {{ in_range('checkouts.night') }}
    union
    select orders.drop_id, orders.buyer_user_id, members.night
    from orders
    inner join members on orders.buyer_user_id = members.party_id
    where orders.night < members.night and {{ in_range('members.night') }}
),

touched as (
    select distinct
        moved.drop_id,
        coalesce(members.cluster_id, 'user:' || moved.buyer_user_id) as cluster_id,
        moved.night
    from moved
    left join members
        on
            moved.buyer_user_id = members.party_id
            and moved.night >= members.night
            and moved.night < coalesce(members.until_night, date '9999-12-31')
),

int_cluster_drop_orders as (
    select
        touched.cluster_id,
        orders.* exclude (night), -- noqa: RF02
        checkouts.checkout_seconds,
        touched.night
    from touched
    inner join orders
        on touched.drop_id = orders.drop_id and touched.night >= orders.night
    left join members
        on
            orders.buyer_user_id = members.party_id
            and touched.night >= members.night
            and touched.night < coalesce(members.until_night, date '9999-12-31')
    left join checkouts
        on orders.order_id = checkouts.order_id and touched.night >= checkouts.night
    where
        coalesce(members.cluster_id, 'user:' || orders.buyer_user_id)
        = touched.cluster_id
)

select * from int_cluster_drop_orders
