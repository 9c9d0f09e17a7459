-- Grain: one row per seller and night on which a new or woken shop sold far more than
-- before, shipped far less than it labelled, and baited with prices or emptied its
-- balance through a new payout account.
with exits as (
    select * from {{ ref('ind_seller_exits') }}
    where {{ in_range('night') }}
),

sales as (
    select
        *,
        cast(placed_at as date) as placed_on
    from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('SCM-01', [
        'max_tenure_days', 'min_dormant_days', 'min_growth_z', 'min_due_labels',
        'min_unscanned_labels', 'min_unscanned_ratio', 'max_price_ratio',
        'min_rushed_share', 'min_stake_usd', 'min_history_days'
    ]) }}
),

suspects as (
    select
        exits.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when exits.median_price_ratio <= policy.max_price_ratio
                then 'growth_on_bait_prices'
            when exits.rushed_share >= policy.min_rushed_share
                then 'growth_before_payout'
        end as reason_code
    from exits
    inner join policy on {{ policy_applies('exits') }}
    where
        exits.missing_input is null
        and exits.history_days >= policy.min_history_days
        and (
            exits.history_days <= policy.max_tenure_days
            or exits.dormant_days >= policy.min_dormant_days
        )
        and exits.growth_z >= policy.min_growth_z
        and exits.due_labels_28d >= policy.min_due_labels
        and exits.unscanned_labels_28d >= policy.min_unscanned_labels
        and exits.unscanned_rate_low
        >= policy.min_unscanned_ratio * exits.peer_unscanned_rate
        and exits.stake_usd >= policy.min_stake_usd
),

-- who grew sold something in the last 7 days
behind as (
    select
        suspects.entity_id,
        suspects.night,
        list(distinct 'order:' || sales.order_id) as orders,
        min(sales.placed_at) as first_event_at,
        max(sales.placed_at) as last_event_at
    from suspects
    inner join sales
        on
            suspects.entity_id = sales.seller_id
            and suspects.night >= sales.night
            and suspects.night - 7 < sales.placed_on
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(list_distinct(list_concat(
            ['seller:' || suspects.entity_id, suspects.owner_key],
            suspects.payouts, {{ capped('behind.orders') }}
        ))) as evidence_objects,
        suspects.stake_usd as amount_at_stake_usd,
        behind.first_event_at,
        behind.last_event_at
    from suspects
    inner join behind
        on suspects.entity_id = behind.entity_id and suspects.night = behind.night
),

det_bust_out as (
    {{ detection_fires('judged', 'SCM-01', evidence={
        'history_days': 'max_tenure_days',
        'dormant_days': 'min_dormant_days',
        'paid_usd_7d': none,
        'growth_z': 'min_growth_z',
        'due_labels_28d': 'min_due_labels',
        'unscanned_labels_28d': 'min_unscanned_labels',
        'unscanned_rate_low': none,
        'peer_unscanned_rate': none,
        'median_price_ratio': 'max_price_ratio',
        'rushed_share': 'min_rushed_share',
    }) }}
)

select * from det_bust_out
