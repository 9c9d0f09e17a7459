-- Grain: one row per user and night that fired: somebody else signed in on a device and
-- from a place the account was never used from, changed its credentials or contact data
-- and at once spends the owner's card far beyond the owner's habit.
with orders as (
    select * from {{ ref('ind_order_takeovers') }}
    where {{ in_range('night') }} and missing_input is null
),

policy as (
    {{ policy_in_force('TXN-02', [
        'min_history_days', 'max_change_to_order_minutes', 'max_device_age_hours',
        'min_instrument_age_days', 'min_own_orders', 'min_own_amount_ratio',
        'min_own_median_ratio',
    ]) }}
),

suspects as (
    select
        orders.*,
        policy.* exclude (policy.region, policy.business_line),
        case
            when orders.own_median_ratio >= policy.min_own_median_ratio
                then 'far_above_own_orders'
            when
                orders.orders_180d >= policy.min_own_orders
                and orders.own_amount_ratio >= policy.min_own_amount_ratio
                then 'at_the_top_of_own_orders'
        end as reason_code
    from orders
    inner join policy on {{ policy_applies('orders') }}
    where
        orders.history_days >= policy.min_history_days
        and orders.change_to_order_minutes <= policy.max_change_to_order_minutes
        and orders.device_age_hours < policy.max_device_age_hours
        and (orders.is_new_country or orders.is_new_network)
        and orders.instrument_age_days >= policy.min_instrument_age_days
),

fired as (
    select * from suspects
    where reason_code is not null
),

behind as (
    select
        entity_id,
        night,
        list_sort(list_distinct(flatten(list(list_concat(
            ['user:' || entity_id, 'order:' || order_id, 'device:' || device_id],
            list_transform(payment_ids, lambda payment_id: 'payment:' || payment_id)
        ))))) as evidence_objects,
        sum(paid_usd) as amount_at_stake_usd,
        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at
    from fired
    group by entity_id, night
),

-- the order farthest above the owner's habit speaks for the night
judged as (
    select
        fired.* exclude (fired.first_event_at, fired.last_event_at),
        array_to_string(fired.fields, ', ') as changed,
        behind.evidence_objects,
        behind.amount_at_stake_usd,
        behind.first_event_at,
        behind.last_event_at
    from fired
    inner join behind using (entity_id, night)
    qualify
        row_number() over (
            partition by fired.entity_id, fired.night
            order by fired.own_median_ratio desc nulls last, fired.order_id asc
        ) = 1
),

det_takeover_cash_out as (
    {{ detection_fires('judged', 'TXN-02', evidence={
        'change_to_order_minutes': 'max_change_to_order_minutes', 'changed': none,
        'device_age_hours': 'max_device_age_hours', 'is_new_country': none,
        'is_new_network': none, 'instrument_age_days': 'min_instrument_age_days',
        'orders_180d': 'min_own_orders', 'own_amount_ratio': 'min_own_amount_ratio',
        'own_median_ratio': 'min_own_median_ratio',
    }) }}
)

select * from det_takeover_cash_out
