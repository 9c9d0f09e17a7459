-- Grain: one row per seller and night on which something about its orders changed: its
-- orders of 30 days, and those for which its own people ordered the same article at
-- another seller, to the customer's door.
with doors as (
    select * from {{ ref('int_order_doors') }}
    where night <= {{ to_night() }} and placed_on > {{ from_night() }} - 30
),

pairs as (
    select * from {{ ref('int_same_door_orders') }}
    where night <= {{ to_night() }} and sold_on > {{ from_night() }} - 30
),

members as (
    select
        *,
        coalesce(until_night, date '9999-12-31') as last_before
    from {{ ref('int_cluster_periods') }}
    where night <= {{ to_night() }}
),

touched as (
    select * from {{ ref('int_dropship_nights') }}
    where {{ in_range('night') }}
),

orders as (
    select
        touched.seller_id,
        touched.night,
        count(distinct doors.order_id) as orders_30d
    from touched
    inner join doors
        on
            touched.seller_id = doors.seller_id
            and touched.night >= doors.night
            and touched.night - 30 < doors.placed_on
    group by touched.seller_id, touched.night
),

matches as (
    select
        touched.seller_id,
        touched.night,
        list_sort(list(distinct pairs.sold_order_id)) as sold_order_ids,
        list_sort(list(distinct pairs.bought_order_id)) as bought_order_ids,
        list_sort(list(distinct pairs.second_buyer_user_id)) as own_user_ids
    from touched
    inner join pairs
        on
            touched.seller_id = pairs.seller_id
            and touched.night >= pairs.night
            and touched.night - 30 < pairs.sold_on
    inner join members as shops
        on
            shops.party_type = 'seller'
            and pairs.seller_id = shops.party_id
            and touched.night >= shops.night
            and touched.night < shops.last_before
    inner join members as buyers
        on
            buyers.party_type = 'user'
            and pairs.second_buyer_user_id = buyers.party_id
            and shops.cluster_id = buyers.cluster_id
            and touched.night >= buyers.night
            and touched.night < buyers.last_before
    group by touched.seller_id, touched.night
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='touched') }}
),

ind_seller_dropships as (
    select
        'seller' as entity_type,
        touched.seller_id as entity_id,
        profiles.region,
        profiles.business_line,
        case when profiles.seller_id is null then 'no_account' end as missing_input,
        matches.sold_order_ids,
        matches.bought_order_ids,
        matches.own_user_ids,
        cast(touched.night - profiles.onboarded_on as integer) as history_days,
        coalesce(orders.orders_30d, 0) as orders_30d,
        coalesce(len(matches.sold_order_ids), 0) as dropshipped_orders_30d,
        touched.night
    from touched
    left join orders
        on touched.seller_id = orders.seller_id and touched.night = orders.night
    left join matches
        on touched.seller_id = matches.seller_id and touched.night = matches.night
    left join profiles
        on
            touched.seller_id = profiles.seller_id
            and touched.night >= profiles.night
            and touched.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_seller_dropships
