-- Grain: one row per buyer cluster with an order in the last 90 days and baseline
-- night: the cents the platform took off its orders, of the cents of their list price.
with baselines as (
    {{ baseline_nights() }}
),

sales as (
    select
        *,
        cast(placed_at as date) as placed_on
    from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and platform_discount_usd is not null
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user'
),

int_discount_peer_traits as (
    select
        'cluster' as entity_type,
        coalesce(members.cluster_id, 'user:' || sales.buyer_user_id) as entity_id,
        'discount_capture' as measure,
        'all' as category_l1,
        coalesce(min(sales.region), 'unknown') as region,
        cast(null as bigint) as tenure_days,
        count(distinct sales.order_id) as orders_90d,
        cast(sum(sales.platform_discount_usd) * 100 as bigint) as successes,
        cast(sum(sales.gross_usd) * 100 as bigint) as trials,
        baselines.night
    from baselines
    inner join sales
        on
            baselines.night >= sales.night
            and baselines.night - 90 < sales.placed_on
    left join members
        on
            sales.buyer_user_id = members.party_id
            and baselines.night >= members.night
            and baselines.night < coalesce(members.until_night, date '9999-12-31')
    group by
        coalesce(members.cluster_id, 'user:' || sales.buyer_user_id), baselines.night
)

select * from int_discount_peer_traits
