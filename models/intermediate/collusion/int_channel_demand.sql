-- Grain: one row per seller, channel and baseline night: who ordered in the 28 days
-- before, and how.
with orders as (
    select * from {{ ref('int_channel_orders') }}
    where {{ in_range('night') }}
),

crews as (
    select
        seller_id,
        channel,
        night,
        crew_id,
        count(distinct cluster_id) as buyers
    from orders
    where crew_id is not null
    group by seller_id, channel, night, crew_id
),

largest_crews as (
    select
        seller_id,
        channel,
        night,
        max(buyers) as largest_crew
    from crews
    group by seller_id, channel, night
),

counted as (
    select
        seller_id,
        channel,
        night,
        count(*) as orders,
        count(is_new_buyer) as dated_orders,
        count(*) filter (where is_new_buyer) as new_buyer_orders,
        count(is_unbrowsed) as session_orders,
        count(*) filter (where is_unbrowsed) as unbrowsed_orders,
        count(distinct cluster_id) as buyers,
        count(distinct cluster_id) filter (where is_single_seller)
            as single_seller_buyers,
        cast(coalesce(sum(paid_usd), 0) as decimal(18, 2)) as paid_usd,
        cast(coalesce(sum(platform_usd), 0) as decimal(18, 2)) as platform_usd
    from orders
    group by seller_id, channel, night
),

int_channel_demand as (
    select
        counted.* exclude (night),
        coalesce(largest_crews.largest_crew, 0) as largest_crew,
        counted.night
    from counted
    left join largest_crews using (seller_id, channel, night)
)

select * from int_channel_demand
