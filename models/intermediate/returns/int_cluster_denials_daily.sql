-- Grain: one row per buyer cluster, date of the claim and night: what was added to its
-- record of orders claimed never to have arrived, and of those proven to be delivered.
-- An order that changed takes back what it had added, and a buyer whose cluster changed
-- takes its orders along.
with all_orders as (
    select * from {{ ref('int_nonreceipt_orders') }}
    where night <= {{ to_night() }}
),

moved_buyers as (
    {{ moved_buyers() }}
),

touched as (
    select order_id from all_orders
    where
        {{ in_range('night') }}
        or buyer_user_id in (select moved_buyers.buyer_user_id from moved_buyers)
),

orders as (
    {{ periods('all_orders', 'order_id', within='touched') }}
),

clusters as (
    {{ buyer_clusters('orders') }}
),

held as (
    select
        clusters.cluster_id,
        orders.claimed_on as event_date,
        cast(orders.is_denied as integer) as denied_orders,
        case when orders.is_denied then orders.claimed_usd else 0 end as denied_usd,
        case when orders.is_denied then orders.unpriced_claims else 0 end
            as unpriced_claims,
        greatest(orders.night, clusters.night) as night,
        least(orders.until_night, clusters.until_night) as until_night
    from orders
    inner join clusters
        on
            orders.buyer_user_id = clusters.buyer_user_id
            and orders.night < clusters.until_night
            and clusters.night < coalesce(orders.until_night, date '9999-12-31')
    where orders.is_claimed
),

changes as (
    select
        * exclude (until_night),
        1 as nonreceipt_orders
    from held
    union all by name
    select
        cluster_id,
        event_date,
        -denied_orders as denied_orders,
        -denied_usd as denied_usd,
        -unpriced_claims as unpriced_claims,
        until_night as night,
        -1 as nonreceipt_orders
    from held
),

int_cluster_denials_daily as (
    select
        cluster_id,
        event_date,
        cast(sum(nonreceipt_orders) as bigint) as nonreceipt_orders,
        cast(sum(denied_orders) as bigint) as denied_orders,
        cast(sum(unpriced_claims) as bigint) as unpriced_claims,
        cast(sum(denied_usd) as decimal(18, 2)) as denied_usd,
        night
    from changes
    where {{ in_range('night') }}
    group by cluster_id, event_date, night
    having
        sum(nonreceipt_orders) != 0
        or sum(denied_orders) != 0
        or sum(unpriced_claims) != 0
        or sum(denied_usd) != 0
)

select * from int_cluster_denials_daily
