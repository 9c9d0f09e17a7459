-- Grain: one row per baseline night and order of the 28 days before, with what tells a
-- task from a purchase: a fresh account, nobody else bought from in 180 days, no
-- looking around, and a buyer who shops in step with others.
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
        and placed_at >= {{ from_night() }} - 180
        and exists (select * from baselines)
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

clusters as (
    {{ buyer_clusters('sales') }}
),

bought as (
    select
        baselines.night as scanned_on,
        sales.*,
        clusters.cluster_id,
        min(sales.seller_id) over person = max(sales.seller_id) over person
            as is_single_seller
    from baselines
    inner join sales
        on
            baselines.night >= sales.night
            and baselines.night - 180 < sales.placed_on
    inner join clusters
        on
            sales.buyer_user_id = clusters.buyer_user_id
            and baselines.night >= clusters.night
            and baselines.night < coalesce(clusters.until_night, date '9999-12-31')
    window person as (partition by baselines.night, clusters.cluster_id)
),

recent as (
    select
        * exclude (night, scanned_on),
        scanned_on as night
    from bought
    where placed_on > scanned_on - 28
),

users as (
    select * from {{ ref('int_user_profiles') }}
    where night <= {{ to_night() }}
    qualify row_number() over (partition by user_id order by night) = 1
),

policy as (
    {{ policy_in_force('COL-05', ['max_account_days']) }}
),

subsidies as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by order_id order by night
        ) as until_night
    from {{ ref('int_order_subsidies') }}
    where night <= {{ to_night() }} and placed_on > {{ from_night() }} - 28
),

int_channel_orders as (
    select
        recent.seller_id,
        coalesce(recent.channel, 'unknown') as channel,
        recent.order_id,
        recent.buyer_user_id,
        recent.cluster_id,
        crews.crew_id,
        coalesce(crews.crew_buyers, 0) as crew_buyers,
        subsidies.paid_usd,
        subsidies.platform_usd,
        recent.is_single_seller,
        recent.placed_on - users.opened_on <= policy.max_account_days as is_new_buyer,
        browsing.is_unbrowsed,
        recent.night,
        recent.placed_at
    from recent
    left join policy on {{ policy_applies('recent') }}
    left join users
        on recent.buyer_user_id = users.user_id and recent.night >= users.night
    left join {{ ref('int_order_browsing') }} as browsing
        on
            recent.order_id = browsing.order_id
            and recent.night >= browsing.night
    left join {{ ref('int_copurchase_crews') }} as crews
        on
            recent.cluster_id = crews.cluster_id
            and recent.night = crews.night
    left join subsidies
        on
            recent.order_id = subsidies.order_id
            and recent.night >= subsidies.night
            and recent.night < subsidies.until_night
)

select * from int_channel_orders
