-- Grain: one row per seller and night on which it had woken from a long sleep on
-- another device, with other payout data and cheap new goods.
with wake_ups as (
    select * from {{ ref('ind_seller_wake_ups') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-06', [
        'min_dormant_days', 'min_new_devices', 'min_payout_changes', 'min_new_listings',
        'min_category_changes', 'max_price_ratio', 'min_history_days'
    ]) }}
),

compared as (
    select
        wake_ups.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from wake_ups
    inner join policy on {{ policy_applies('wake_ups') }}
    where
        wake_ups.missing_input is null
        and wake_ups.history_days >= policy.min_history_days
        and wake_ups.dormant_days >= policy.min_dormant_days
        and wake_ups.new_devices_7d >= policy.min_new_devices
        and wake_ups.payout_changes_7d >= policy.min_payout_changes
        and wake_ups.median_price_ratio <= policy.max_price_ratio
),

judged as (
    select
        *,
        case
            when new_listings_7d >= min_new_listings then 'woke_with_cheap_listings'
            when category_changes_7d >= min_category_changes
                then 'woke_in_another_category'
        end as reason_code,
        stake_usd as amount_at_stake_usd
    from compared
),

det_sleeper_wake_up as (
    {{ detection_fires('judged', 'KYC-06', evidence={
        'dormant_days': 'min_dormant_days',
        'new_devices_7d': 'min_new_devices',
        'payout_changes_7d': 'min_payout_changes',
        'new_listings_7d': 'min_new_listings',
        'category_changes_7d': 'min_category_changes',
        'median_price_ratio': 'max_price_ratio',
    }) }}
)

select * from det_sleeper_wake_up
