-- Grain: one row per creator and night on which far more of what it sold had come back
-- than its peers' and than the same goods sold by others, mostly after its commission
-- was settled.
with return_records as (
    select * from {{ ref('ind_creator_returns') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('INC-05', [
        'min_peer_ratio', 'min_late_share', 'min_returned_items', 'min_other_items',
        'min_product_ratio', 'min_history_days'
    ]) }}
),

suspects as (
    select
        return_records.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from return_records
    inner join policy on {{ policy_applies('return_records') }}
    where
        return_records.missing_input is null
        and return_records.history_days >= policy.min_history_days
        and return_records.returned_items_60d >= policy.min_returned_items
        and return_records.late_share >= policy.min_late_share
        and return_records.return_rate_low
        >= policy.min_peer_ratio * return_records.peer_return_rate
        -- goods that come back from everybody who sells them are bad goods
        and not coalesce(
            return_records.other_items >= policy.min_other_items
            and return_records.return_rate
            < policy.min_product_ratio * return_records.other_return_rate,
            false
        )
),

items as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by commission_id order by night
        ) as until_night
    from {{ ref('int_creator_items') }}
    where
        night <= {{ to_night() }}
        and creator_id in (select suspects.entity_id from suspects)
),

behind as (
    select
        suspects.entity_id,
        suspects.night,
        list(distinct 'order:' || items.order_id) filter (where items.is_returned)
            as orders,
        list(distinct 'user:' || items.buyer_user_id) filter (where items.is_returned)
            as buyers,
        {{ sum_if_all_known(
            'items.commission_usd',
            'items.is_settled and items.matured_on > suspects.night'
        ) }} as settled_open_usd,
        min(items.placed_at) filter (where items.is_returned) as first_event_at,
        max(items.placed_at) filter (where items.is_returned) as last_event_at
    from suspects
    inner join items
        on
            suspects.entity_id = items.creator_id
            and suspects.night >= items.night
            and suspects.night < items.until_night
            and items.matured_on > suspects.night - 60
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_concat(
            ['creator:' || suspects.entity_id], behind.orders, behind.buyers
        )) as evidence_objects,
        'goods_come_back_after_settlement' as reason_code,
        behind.settled_open_usd as amount_at_stake_usd,
        behind.first_event_at,
        behind.last_event_at
    from suspects
    inner join behind using (entity_id, night)
),

det_commission_on_returns as (
    {{ detection_fires('judged', 'INC-05', evidence={
        'returned_items_60d': 'min_returned_items',
        'late_share': 'min_late_share',
        'return_rate_low': none,
        'peer_return_rate': none,
        'min_peer_ratio': none,
        'other_items': 'min_other_items',
        'other_return_rate': none,
        'group_used': none,
    }) }}
)

select * from det_commission_on_returns
