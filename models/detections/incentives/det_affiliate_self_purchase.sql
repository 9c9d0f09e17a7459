-- Grain: one row per creator and night on which it had earned commission on what it
-- bought itself.
with creators as (
    select * from {{ ref('ind_creator_self_purchases') }}
    where {{ in_range('night') }}
),

ties as (
    select * from {{ ref('int_creator_ties') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('INC-02', [
        'min_self_share', 'min_self_orders', 'min_strong_order_usd',
        'min_own_store_orders', 'min_history_days'
    ]) }}
),

suspects as (
    select
        creators.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when creators.own_store_orders_28d >= policy.min_own_store_orders
                then 'creator_buyer_and_store_are_one'
            when creators.largest_strong_usd_28d > policy.min_strong_order_usd
                then 'large_order_of_its_own'
            when
                creators.self_purchase_share >= policy.min_self_share
                and creators.self_orders_28d >= policy.min_self_orders
                then 'earns_on_own_orders'
        end as reason_code
    from creators
    inner join policy on {{ policy_applies('creators') }}
    where
        creators.missing_input is null
        and creators.history_days >= policy.min_history_days
),

behind as (
    select
        suspects.entity_id,
        suspects.night,
        list(distinct 'order:' || ties.order_id) as orders,
        list(distinct 'user:' || ties.buyer_user_id) as buyers,
        list(distinct 'seller:' || ties.seller_id) filter (where ties.is_own_store)
            as sellers
    from suspects
    inner join ties
        on suspects.entity_id = ties.creator_id and suspects.night = ties.night
    where suspects.reason_code is not null
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_concat(
            ['creator:' || suspects.entity_id],
            behind.orders,
            behind.buyers,
            coalesce(behind.sellers, [])
        )) as evidence_objects,
        suspects.self_commission_usd_28d as amount_at_stake_usd
    from suspects
    inner join behind using (entity_id, night)
),

det_affiliate_self_purchase as (
    {{ detection_fires('judged', 'INC-02', evidence={
        'self_purchase_share': 'min_self_share',
        'self_orders_28d': 'min_self_orders',
        'largest_strong_usd_28d': 'min_strong_order_usd',
        'own_store_orders_28d': 'min_own_store_orders',
        'instant_click_orders_28d': none,
        'self_paid_usd_28d': none,
        'paid_usd_28d': none,
    }) }}
)

select * from det_affiliate_self_purchase
