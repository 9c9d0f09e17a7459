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
        1 as nonreceipt_orders,
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

int_cluster_denials_daily as (
    {{ daily_changes('held', ['cluster_id'], [
        'nonreceipt_orders', 'denied_orders', 'unpriced_claims', 'denied_usd'
    ]) }}
)

select * from int_cluster_denials_daily
