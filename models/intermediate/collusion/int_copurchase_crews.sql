-- Grain: one row per baseline night and buyer who belongs to a crew: buyers tied by
-- having ordered from several of the same sellers within a day of each other, in the
-- last 28 days. A seller with too many buyers is bought from by everybody. Crews cross
-- regions: COL-05's policy for all of them says what several and too many are.
{%- set of_the_night -%}
    select baselines.{} from baselines where baselines.night = compared.graph
{%- endset %}
with all_nights as (
    {{ baseline_nights() }}
),

nights as (
    select
        night,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from all_nights
),

policy as (
    {{ policy_in_force('COL-05', [
        'max_seller_buyers', 'min_shared_sellers', 'min_shared_share'
    ]) }}
),

baselines as (
    select
        nights.night,
        policy.max_seller_buyers,
        policy.min_shared_sellers,
        policy.min_shared_share
    from nights
    inner join policy on {{ policy_applies('nights') }}
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
        and exists (select * from baselines)
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
        baselines.max_seller_buyers,
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
        'events', window_s=86400, max_target_actors='max_seller_buyers',
        min_shared='(' ~ of_the_night.format('min_shared_sellers') ~ ')',
        min_jaccard='(' ~ of_the_night.format('min_shared_share') ~ ')'
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
