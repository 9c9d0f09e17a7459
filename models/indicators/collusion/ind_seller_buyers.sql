-- Grain: one row per seller with orders in 28 days and baseline night: on how few
-- people its demand rests (CO05).
with trades as (
    select * from {{ ref('int_baseline_trades') }}
    where {{ in_range('night') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='trades') }}
),

buyers as (
    select
        seller_id,
        cluster_id,
        night,
        count(*) as orders,
        row_number() over (
            partition by seller_id, night order by count(*) desc, cluster_id asc
        ) as place
    from trades
    group by seller_id, cluster_id, night
),

counted as (
    select
        seller_id,
        night,
        sum(orders) as orders,
        sum(orders) filter (where place <= 5) as top5_orders,
        sum(orders * orders) as squared_orders,
        count(*) as buyers
    from buyers
    group by seller_id, night
),

ind_seller_buyers as (
    select
        'seller' as entity_type,
        counted.seller_id as entity_id,
        profiles.region,
        profiles.business_line,
        case when profiles.seller_id is null then 'no_account' end as missing_input,
        cast(counted.night - profiles.onboarded_on as integer) as history_days,
        cast(counted.orders as bigint) as orders_28d,
        counted.buyers as buyers_28d,
        cast(
            cast(counted.squared_orders as double) / (counted.orders * counted.orders)
            as decimal(9, 6)
        ) as buyer_hhi,
        cast(
            cast(counted.top5_orders as double) / counted.orders as decimal(9, 6)
        ) as top5_share,
        counted.night
    from counted
    left join profiles
        on
            counted.seller_id = profiles.seller_id
            and counted.night >= profiles.night
            and counted.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_seller_buyers
