-- Grain: one row per baseline night and buyer who belongs to a crew: buyers tied by
-- having ordered from three or more of the same sellers within a day of each other, in
-- the last 28 days. Sellers with more than 100 buyers are bought from by everybody.
with baselines as (
    {{ baseline_nights() }}
),

sales as (
    select
        order_id,
        buyer_user_id,
        seller_id,
        night,
        placed_at,
        cast(placed_at as date) as placed_on
    from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and placed_at >= {{ from_night() }} - 28
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

clusters as (
    {{ buyer_clusters('sales') }}
),

events as (
    select
        baselines.night as graph,
        clusters.cluster_id as actor,
        sales.seller_id as target,
        sales.placed_at as acted_at
    from baselines
    inner join sales
        on
            baselines.night >= sales.night
            and baselines.night - 28 < sales.placed_on
    inner join clusters
        on
            sales.buyer_user_id = clusters.buyer_user_id
            and baselines.night >= clusters.night
            and baselines.night < coalesce(clusters.until_night, date '9999-12-31')
),

pairs as (
    {{ lockstep_pairs(
        'events', window_s=86400, max_target_actors=100, min_shared=3, min_jaccard=0.2
    ) }}
),

components as (
    {{ connected_components('pairs') }}
),

int_copurchase_crews as (
    select
        item as cluster_id,
        component as crew_id,
        count(*) over (partition by graph, component) as crew_buyers,
        graph as night
    from components
)

select * from int_copurchase_crews
