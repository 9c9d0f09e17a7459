-- Grain: one row per buyer cluster and night that fired: within an hour a person orders
-- far more often and for far more than ever, at several sellers.
with windows as (
    select * from {{ ref('ind_cluster_velocity') }}
    where {{ in_range('night') }} and missing_input is null
),

policy as (
    {{ policy_in_force('TXN-04', [
        'min_history_days', 'min_surprise', 'min_sellers',
    ]) }}
),

fired as (
    select
        windows.*,
        policy.* exclude (policy.region, policy.business_line),
        greatest(
            coalesce(windows.own_high_hour_usd, 0), windows.peer_high_hour_usd
        ) as value_limit_usd,
        'spree_over_sellers' as reason_code
    from windows
    inner join policy on {{ policy_applies('windows') }}
    where
        not windows.is_festival
        and windows.history_days >= policy.min_history_days
        and windows.sellers >= policy.min_sellers
        and windows.surprise > policy.min_surprise
        and windows.value_usd > windows.peer_high_hour_usd
        and windows.value_usd > coalesce(windows.own_high_hour_usd, 0)
),

-- windows overlap: each order in them is named once
behind as (
    select
        entity_id,
        night,
        list_sort(list_distinct(flatten(list(list_concat(
            ['cluster:' || entity_id],
            list_transform(order_ids, lambda order_id: 'order:' || order_id),
            list_transform(user_ids, lambda user_id: 'user:' || user_id),
            list_transform(seller_ids, lambda seller_id: 'seller:' || seller_id)
        ))))) as evidence_objects,
        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at
    from fired
    group by entity_id, night
),

-- the dearest window speaks for the night
judged as (
    select
        fired.* exclude (fired.first_event_at, fired.last_event_at),
        fired.value_usd as amount_at_stake_usd,
        behind.evidence_objects,
        behind.first_event_at,
        behind.last_event_at
    from fired
    inner join behind using (entity_id, night)
    qualify
        row_number() over (
            partition by fired.entity_id, fired.night
            order by fired.value_usd desc, fired.order_id asc
        ) = 1
),

det_velocity_surprise as (
    {{ detection_fires('judged', 'TXN-04', evidence={
        'orders': none, 'surprise': 'min_surprise', 'usual_orders_per_hour': none,
        'sellers': 'min_sellers', 'value_usd': 'value_limit_usd',
        'own_high_hour_usd': none, 'peer_high_hour_usd': none,
    }) }}
)

select * from det_velocity_surprise
