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
        1 as fulfilled_orders,
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

int_cluster_orders_daily as (
    {{ daily_changes('fulfilled', ['cluster_id'], [
        'fulfilled_orders', 'refunded_orders', 'unpriced_orders', 'refunded_usd',
        'refundable_usd'
    ]) }}
)

select * from int_cluster_orders_daily
