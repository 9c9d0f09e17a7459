-- Grain: one row per buyer cluster, category, date of the order and night: what it
-- spent, for its main category.
with all_items as (
    select * from {{ ref('int_order_item_values') }}
    where night <= {{ to_night() }}
),

all_positions as (
    select * from {{ ref('int_order_positions') }}
    where night <= {{ to_night() }}
),

members as (
    select * from {{ ref('int_cluster_members') }}
    where party_type = 'user'
    qualify row_number() over (partition by party_id order by night) = 1
),

touched as (
    select order_id from all_items
    where {{ in_range('night') }}
    union
    select order_id from all_positions
    where {{ in_range('night') }}
),

buyers as (
    select
        order_id,
        min_by(buyer_user_id, night) as buyer_user_id,
        min(night) as night
    from all_positions
    where order_id in (select touched.order_id from touched)
    group by order_id
),

int_cluster_spend_daily as (
    select
        coalesce(members.cluster_id, 'user:' || buyers.buyer_user_id) as cluster_id,
        coalesce(all_items.category_l1, 'unknown') as category_l1,
        cast(all_items.placed_at as date) as event_date,
        cast(coalesce(sum(all_items.paid_usd), 0) as decimal(18, 2)) as paid_usd,
        greatest(all_items.night, buyers.night) as night
    from all_items
    inner join buyers on all_items.order_id = buyers.order_id
    left join members on buyers.buyer_user_id = members.party_id
    where {{ in_range('greatest(all_items.night, buyers.night)') }}
    group by all
)

select * from int_cluster_spend_daily
