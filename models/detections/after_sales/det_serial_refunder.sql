-- Grain: one row per buyer cluster and night on which it had far more of its orders
-- refunded than its peers, though parcels arrive on its routes.
with refund_records as (
    select * from {{ ref('ind_cluster_refunds') }}
    where {{ in_range('night') }}
),

refunds as (
    select * from {{ ref('int_order_refunds') }}
    where night <= {{ to_night() }} and is_after_sales
),

buyers as (
    select distinct order_id, buyer_user_id
    from {{ ref('int_order_positions') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('RET-01', [
        'min_peer_ratio', 'min_refunded_orders', 'min_refunded_usd', 'max_route_ratio',
        'min_history_days'
    ]) }}
),

suspects as (
    select
        refund_records.*,
        policy.policy_version,
        policy.min_peer_ratio,
        policy.min_refunded_orders,
        policy.min_refunded_usd,
        policy.max_route_ratio,
        cast(
            refund_records.refund_rate_low / nullif(refund_records.peer_refund_rate, 0)
            as decimal(12, 4)
        )
            as peer_ratio,
        cast(
            coalesce(
                refund_records.route_non_delivery_rate
                / nullif(refund_records.usual_non_delivery_rate, 0),
                1
            )
            as decimal(12, 4)
        ) as route_ratio
    from refund_records
    inner join policy on {{ policy_applies('refund_records') }}
    where
        refund_records.missing_input is null
        and refund_records.history_days >= policy.min_history_days
        and refund_records.refunded_orders_180d >= policy.min_refunded_orders
        and refund_records.refunded_usd_180d >= policy.min_refunded_usd
),

accounts as (
    {{ accounts_of('suspects') }}
),

bought as (
    select
        refunds.*,
        buyers.buyer_user_id
    from refunds
    inner join buyers on refunds.order_id = buyers.order_id
),

behind as (
    select
        suspects.entity_id,
        suspects.night,
        list(distinct 'order:' || bought.order_id) as orders,
        list(distinct 'refund:' || bought.refund_id) as refund_objects,
        coalesce(sum(bought.amount_usd) filter (
            where cast(bought.succeeded_at as date) > suspects.night - 30
        ), 0) as refunded_usd_30d,
        min(bought.succeeded_at) as first_event_at,
        max(bought.succeeded_at) as last_event_at
    from suspects
    inner join accounts using (entity_id, night)
    inner join bought
        on
            accounts.user_id = bought.buyer_user_id
            and suspects.night >= bought.night
            and cast(bought.succeeded_at as date) > suspects.night - 180
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_concat(behind.orders, behind.refund_objects))
            as evidence_objects,
        behind.first_event_at,
        behind.last_event_at,
        'refunds_far_above_peers' as reason_code,
        suspects.refundable_usd_30d + behind.refunded_usd_30d as amount_at_stake_usd
    from suspects
    inner join behind
        on suspects.entity_id = behind.entity_id and suspects.night = behind.night
    where
        suspects.peer_ratio >= suspects.min_peer_ratio
        and suspects.route_ratio <= suspects.max_route_ratio
),

det_serial_refunder as (
    {{ detection_fires('judged', 'RET-01', evidence={
        'peer_ratio': 'min_peer_ratio',
        'refunded_orders_180d': 'min_refunded_orders',
        'refunded_usd_180d': 'min_refunded_usd',
        'route_ratio': 'max_route_ratio',
        'fulfilled_orders_180d': none,
        'refund_rate_low': none,
        'peer_refund_rate': none,
        'group_used': none,
    }) }}
)

select * from det_serial_refunder
