-- Grain: one row per seller and night on which an order of it became known or left the
-- window of 28 days: how many of its orders go to doors that several people order to.
-- Lockers, offices and forwarders serve many by nature and are no such doors. Who is
-- one person is judged as of the night.
with doors as (
    select * from {{ ref('int_order_doors') }}
    where night <= {{ to_night() }} and placed_on >= {{ from_night() }} - 28
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user'
),

policy as (
    {{ policy_in_force('COL-03', ['min_door_buyers']) }}
),

touched as (
    select seller_id, night from doors
    where {{ in_range('night') }} and night - 28 < placed_on
    union
    select seller_id, placed_on + 28 as night from doors
    where {{ in_range('placed_on + 28') }} and night < placed_on + 28
),

bought as (
    select
        touched.seller_id,
        touched.night,
        doors.order_id,
        doors.region,
        doors.business_line,
        case when doors.is_home then doors.door_id end as door_id,
        coalesce(members.cluster_id, 'user:' || doors.buyer_user_id) as cluster_id
    from touched
    inner join doors
        on
            touched.seller_id = doors.seller_id
            and touched.night >= doors.night
            and touched.night - 28 < doors.placed_on
    left join members
        on
            doors.buyer_user_id = members.party_id
            and touched.night >= members.night
            and touched.night < coalesce(members.until_night, date '9999-12-31')
),

per_door as (
    select
        seller_id,
        night,
        door_id,
        min(region) as region,
        min(business_line) as business_line,
        list(distinct order_id) as order_ids,
        count(distinct order_id) as orders,
        count(distinct cluster_id) as buyers
    from bought
    group by seller_id, night, door_id
),

judged as (
    select
        per_door.*,
        per_door.door_id is not null and per_door.buyers >= policy.min_door_buyers
            as is_shared
    from per_door
    inner join policy on {{ policy_applies('per_door') }}
),

counted as (
    select
        seller_id,
        night,
        sum(orders) as orders_28d,
        sum(orders) filter (where is_shared) as shared_door_orders_28d,
        list_sort(flatten(list(order_ids) filter (where is_shared)))
            as shared_door_order_ids
    from judged
    group by seller_id, night
),

int_seller_shared_doors as (
    select
        touched.seller_id,
        coalesce(counted.shared_door_order_ids, cast([] as varchar[]))
            as shared_door_order_ids,
        cast(coalesce(counted.orders_28d, 0) as bigint) as orders_28d,
        cast(coalesce(counted.shared_door_orders_28d, 0) as bigint)
            as shared_door_orders_28d,
        touched.night
    from touched
    left join counted
        on touched.seller_id = counted.seller_id and touched.night = counted.night
)

select * from int_seller_shared_doors
