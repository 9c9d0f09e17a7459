-- Grain: one row per order of the 28 days up to a baseline night and baseline night,
-- as known by then: which cluster bought from which seller. Samples and tests are no
-- trade.
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
        and placed_at >= {{ from_night() }} - 28
),

orders as (
    select * from sales
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

clusters as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user' and night <= {{ to_night() }}
),

int_baseline_trades as (
    select
        orders.order_id,
        orders.buyer_user_id,
        coalesce(clusters.cluster_id, 'user:' || orders.buyer_user_id) as cluster_id,
        orders.seller_id,
        orders.category_l1,
        orders.placed_on,
        baselines.night,
        orders.placed_at
    from baselines
    inner join orders
        on
            baselines.night >= orders.night
            and baselines.night >= orders.placed_on
            and baselines.night < orders.placed_on + 28
    left join clusters
        on
            orders.buyer_user_id = clusters.party_id
            and baselines.night >= clusters.night
            and baselines.night < coalesce(clusters.until_night, date '9999-12-31')
)

select * from int_baseline_trades
