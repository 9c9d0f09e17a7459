-- Grain: one row per buyer cluster and night on which it had claimed several orders
-- never arrived against proof of delivery, far more often than parcels fail on its
-- routes.
with denial_records as (
    select * from {{ ref('ind_cluster_denials') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RET-03', [
        'min_denied_orders', 'min_nonreceipt_lift', 'min_history_days'
    ]) }}
),

suspects as (
    select
        denial_records.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from denial_records
    inner join policy on {{ policy_applies('denial_records') }}
    where
        denial_records.missing_input is null
        and denial_records.history_days >= policy.min_history_days
        and denial_records.denied_orders_180d >= policy.min_denied_orders
        and denial_records.nonreceipt_lift >= policy.min_nonreceipt_lift
),

accounts as (
    {{ accounts_of('suspects') }}
),

claimed as (
    select distinct order_id
    from {{ ref('int_nonreceipt_orders') }}
    where buyer_user_id in (select accounts.user_id from accounts)
),

orders as (
    {{ periods(ref('int_nonreceipt_orders'), 'order_id', within='claimed') }}
),

claims as (
    select * from {{ ref('int_return_claims') }}
    where reason = 'not_received' and order_id in (select claimed.order_id from claimed)
    qualify row_number() over (partition by return_id order by night) = 1
),

behind as (
    select
        suspects.entity_id,
        suspects.night,
        list_sort(list_distinct(flatten(list([
            'order:' || orders.order_id,
            'return:' || claims.return_id,
            'seller:' || claims.seller_id,
            'user:' || orders.buyer_user_id
        ])))) as evidence_objects,
        min(claims.requested_at) as first_event_at,
        max(claims.requested_at) as last_event_at
    from suspects
    inner join accounts using (entity_id, night)
    inner join orders
        on
            accounts.user_id = orders.buyer_user_id
            and suspects.night >= orders.night
            and suspects.night < coalesce(orders.until_night, date '9999-12-31')
            and orders.claimed_on > suspects.night - 180
    inner join claims
        on orders.order_id = claims.order_id and suspects.night >= claims.night
    where orders.is_denied
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        behind.evidence_objects,
        behind.first_event_at,
        behind.last_event_at,
        'claimed_missing_against_proof' as reason_code,
        suspects.denied_usd_180d as amount_at_stake_usd
    from suspects
    inner join behind
        on suspects.entity_id = behind.entity_id and suspects.night = behind.night
),

det_denied_delivery as (
    {{ detection_fires('judged', 'RET-03', evidence={
        'denied_orders_180d': 'min_denied_orders',
        'nonreceipt_lift': 'min_nonreceipt_lift',
        'nonreceipt_orders_180d': none,
        'fulfilled_orders_180d': none,
        'nonreceipt_rate_low': none,
        'route_non_delivery_rate': none,
        'peer_nonreceipt_rate': none,
        'denied_usd_180d': none,
    }) }}
)

select * from det_denied_delivery
