-- Grain: one row per buyer cluster, category, date of the order and night: what was
-- added to its spending, for its main category. A buyer whose cluster changed takes its
-- items along.
with all_items as (
    select * from {{ ref('int_order_item_values') }}
    where night <= {{ to_night() }}
),

buyers as (
    select
        order_id,
        min_by(buyer_user_id, night) as buyer_user_id,
        min(night) as night
    from {{ ref('int_order_positions') }}
    where night <= {{ to_night() }}
    group by order_id
),

moved_buyers as (
    {{ moved_buyers() }}
),

bought as (
    select
        buyers.buyer_user_id,
        coalesce(all_items.category_l1, 'unknown') as category_l1,
        cast(all_items.placed_at as date) as event_date,
        coalesce(all_items.paid_usd, 0) as paid_usd,
        greatest(all_items.night, buyers.night) as night
    from all_items
    inner join buyers on all_items.order_id = buyers.order_id
    where
        {{ in_range('greatest(all_items.night, buyers.night)') }}
        or buyers.buyer_user_id in (
            select moved_buyers.buyer_user_id from moved_buyers
        )
),

clusters as (
    {{ buyer_clusters('bought') }}
),

held as (
    select
        clusters.cluster_id,
        bought.category_l1,
        bought.event_date,
        1 as items,
        bought.paid_usd,
        greatest(bought.night, clusters.night) as night,
        clusters.until_night
    from bought
    inner join clusters
        on
            bought.buyer_user_id = clusters.buyer_user_id
            and bought.night < clusters.until_night
),

int_cluster_spend_daily as (
    {{ daily_changes('held', ['cluster_id', 'category_l1'], [
        'items', 'paid_usd'
    ]) }}
)

select * from int_cluster_spend_daily
