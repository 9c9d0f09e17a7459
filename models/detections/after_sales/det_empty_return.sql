-- Grain: one row per claim and night on which it is paid out, or would be, although its
-- parcel came back without the goods, too light, elsewhere, or not at all.
with returned as (
    select * from {{ ref('ind_return_parcels') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RET-02', [
        'max_weight_ratio', 'max_wait_days', 'min_claimed_usd', 'lookback_days',
        'min_history_days'
    ]) }}
),

suspects as (
    select
        returned.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when returned.is_without_goods then 'inspected_without_goods'
            when returned.has_goods then null
            when returned.is_elsewhere then 'delivered_elsewhere'
            when returned.return_weight_ratio < policy.max_weight_ratio
                then 'too_light'
            when returned.unreceived_days >= policy.max_wait_days
                then 'delivered_never_received'
        end as reason_code
    from returned
    inner join policy on {{ policy_applies('returned') }}
    where
        returned.missing_input is null
        and returned.history_days >= policy.min_history_days
        and returned.is_payable
        and returned.claimed_usd >= policy.min_claimed_usd
        and returned.night
        - cast(returned.last_event_at as date) <= policy.lookback_days
),

judged as (
    select
        *,
        list_sort(list_filter(
            [
                'return:' || entity_id,
                'order:' || order_id,
                'user:' || buyer_user_id,
                'seller:' || seller_id,
                'shipment:' || return_shipment_id
            ],
            lambda object: object is not null
        )) as evidence_objects,
        claimed_usd as amount_at_stake_usd
    from suspects
),

det_empty_return as (
    {{ detection_fires('judged', 'RET-02', evidence={
        'return_weight_ratio': 'max_weight_ratio',
        'unreceived_days': 'max_wait_days',
        'claimed_usd': 'min_claimed_usd',
        'is_elsewhere': none,
        'inspection': none,
        'reason': none,
        'refunded_usd': none,
        'return_weight_g': none,
        'expected_weight_g': none,
    }) }}
)

select * from det_empty_return
