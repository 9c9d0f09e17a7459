-- Grain: one row per buyer cluster, event date and night. What fulfilled orders
-- (delivered, or refunded without ever being) added to a buyer's record that night; an
-- order that changed takes back what it had added, and a buyer whose cluster changed
-- takes its orders along. The event date is the delivery, else the first refund.
with all_positions as (
    select * from {{ ref('int_order_positions') }}
    where night <= {{ to_night() }}
),

moved_buyers as (
    {{ moved_buyers() }}
),

touched as (
    select order_id from all_positions
    where
        {{ in_range('night') }}
        or buyer_user_id in (select moved_buyers.buyer_user_id from moved_buyers)
),

positions as (
    {{ periods('all_positions', 'order_id', within='touched') }}
),

clusters as (
    {{ buyer_clusters('positions') }}
),

fulfilled as (
    select
        clusters.cluster_id,
        coalesce(positions.delivered_on, positions.first_claimed_on) as event_date,
        cast(positions.open_refunds > 0 as integer) as refunded_orders,
        positions.open_refunded_usd as refunded_usd,
        greatest(positions.paid_usd - positions.refunded_usd, 0) as refundable_usd,
        cast(positions.unpriced_parts > 0 as integer) as unpriced_orders,
        greatest(positions.night, clusters.night) as night,
        least(positions.until_night, clusters.until_night) as until_night
    from positions
    inner join clusters
        on
            positions.buyer_user_id = clusters.buyer_user_id
            and positions.night < clusters.until_night
            and clusters.night < coalesce(positions.until_night, date '9999-12-31')
    where coalesce(positions.delivered_on, positions.first_claimed_on) is not null
),

changes as (
    select
        cluster_id,
        event_date,
        night,
        1 as fulfilled_orders,
        refunded_orders,
        refunded_usd,
        refundable_usd,
        unpriced_orders
    from fulfilled
    union all
    select
        cluster_id,
        event_date,
        until_night as night,
        -1 as fulfilled_orders,
        -refunded_orders as refunded_orders,
        -refunded_usd as refunded_usd,
        -refundable_usd as refundable_usd,
        -unpriced_orders as unpriced_orders
    from fulfilled
),

int_cluster_orders_daily as (
    select
        cluster_id,
        event_date,
        cast(sum(fulfilled_orders) as bigint) as fulfilled_orders,
        cast(sum(refunded_orders) as bigint) as refunded_orders,
        cast(sum(unpriced_orders) as bigint) as unpriced_orders,
        cast(sum(refunded_usd) as decimal(18, 2)) as refunded_usd,
        cast(sum(refundable_usd) as decimal(18, 2)) as refundable_usd,
        night
    from changes
    where {{ in_range('night') }}
    group by cluster_id, event_date, night
    having
        sum(fulfilled_orders) != 0
        or sum(refunded_orders) != 0
        or sum(unpriced_orders) != 0
        or sum(refunded_usd) != 0
        or sum(refundable_usd) != 0
)

select * from int_cluster_orders_daily
