-- Grain: one row per seller and night on which the demand of a channel looked ordered
-- and not wanted: placed without looking around by people who buy nowhere else, with
-- fresh accounts or in step with each other.
with demand as (
    select * from {{ ref('ind_seller_demand') }}
    where {{ in_range('night') }}
),

orders as (
    select * from {{ ref('int_channel_orders') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('COL-05', [
        'min_unbrowsed_z', 'min_unbrowsed_orders', 'min_single_seller_ratio',
        'min_new_buyer_ratio', 'min_crew', 'min_orders', 'min_paid_usd',
        'min_history_days'
    ]) }}
),

compared as (
    select
        demand.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        cast(
            demand.single_seller_rate_low / nullif(demand.peer_single_seller_rate, 0)
            as decimal(12, 4)
        ) as single_seller_ratio,
        cast(
            demand.new_buyer_rate_low / nullif(demand.peer_new_buyer_rate, 0)
            as decimal(12, 4)
        ) as new_buyer_ratio
    from demand
    inner join policy on {{ policy_applies('demand') }}
    where
        demand.missing_input is null
        and demand.history_days >= policy.min_history_days
        and demand.orders_28d >= policy.min_orders
        and demand.paid_usd_28d + demand.platform_usd_28d >= policy.min_paid_usd
        and demand.unbrowsed_orders_28d >= policy.min_unbrowsed_orders
        and demand.unbrowsed_z >= policy.min_unbrowsed_z
),

suspects as (
    select
        *,
        case
            when largest_crew_28d >= min_crew then 'buyers_in_step'
            when new_buyer_ratio >= min_new_buyer_ratio then 'fresh_accounts'
        end as reason_code
    from compared
    where single_seller_ratio >= min_single_seller_ratio
),

behind as (
    select
        suspects.entity_id,
        suspects.channel,
        suspects.night,
        list('order:' || orders.order_id) as orders,
        list(distinct 'user:' || orders.buyer_user_id) as buyers,
        min(orders.placed_at) as first_event_at,
        max(orders.placed_at) as last_event_at
    from suspects
    inner join orders
        on
            suspects.entity_id = orders.seller_id
            and suspects.channel = orders.channel
            and suspects.night = orders.night
    where
        suspects.reason_code is not null
        and (orders.is_unbrowsed or orders.crew_id is not null)
    group by suspects.entity_id, suspects.channel, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_concat(
            ['seller:' || suspects.entity_id], behind.orders, behind.buyers
        )) as evidence_objects,
        suspects.platform_usd_28d as amount_at_stake_usd,
        behind.first_event_at,
        behind.last_event_at
    from suspects
    inner join behind using (entity_id, channel, night)
),

det_scripted_demand as (
    {{ detection_fires('judged', 'COL-05', evidence={
        'channel': none,
        'orders_28d': 'min_orders',
        'unbrowsed_orders_28d': 'min_unbrowsed_orders',
        'unbrowsed_z': 'min_unbrowsed_z',
        'single_seller_ratio': 'min_single_seller_ratio',
        'new_buyer_ratio': 'min_new_buyer_ratio',
        'largest_crew_28d': 'min_crew',
        'group_used': none,
    }) }}
)

select * from det_scripted_demand
