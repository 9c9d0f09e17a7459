-- Grain: one row per seller and night on which it was seen to sell to itself: several
-- orders, or much money, from users under the same control.
with records as (
    select * from {{ ref('ind_seller_own_trade') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('COL-01', ['min_orders', 'min_paid_usd', 'min_history_days']) }}
),

judged as (
    select
        records.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when records.own_orders_28d >= policy.min_orders then 'own_orders'
            when records.own_paid_usd_28d >= policy.min_paid_usd then 'own_money'
        end as reason_code,
        records.own_paid_usd_28d + records.own_funded_usd_28d as amount_at_stake_usd,
        list_sort(flatten([
            ['seller:' || records.entity_id],
            [format('order:{}', id) for id in records.own_order_ids],
            [format('user:{}', id) for id in records.own_user_ids]
        ])) as evidence_objects
    from records
    inner join policy on {{ policy_applies('records') }}
    where
        records.missing_input is null
        and records.history_days >= policy.min_history_days
),

det_common_control_trade as (
    {{ detection_fires('judged', 'COL-01', evidence={
        'own_orders_28d': 'min_orders',
        'own_paid_usd_28d': 'min_paid_usd',
        'orders_28d': none,
        'paid_usd_28d': none,
    }) }}
)

select * from det_common_control_trade
