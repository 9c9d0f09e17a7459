-- Grain: one row per group of claims and baseline night on which several people told
-- the same story, or showed the same picture, at the same time, about dear goods.
with claim_groups as (
    select * from {{ ref('ind_claim_groups') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('RET-04', [
        'min_people', 'min_known_lags', 'max_lag_spread_h', 'min_price_ratio',
        'min_history_days'
    ]) }}
),

judged as (
    select
        claim_groups.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        'same_story_of_many' as reason_code,
        claim_groups.open_claims_usd as amount_at_stake_usd
    from claim_groups
    inner join policy on {{ policy_applies('claim_groups') }}
    where
        claim_groups.missing_input is null
        and claim_groups.history_days >= policy.min_history_days
        and claim_groups.people_14d >= policy.min_people
        and claim_groups.known_lags >= policy.min_known_lags
        and claim_groups.lag_spread_h < policy.max_lag_spread_h
        and claim_groups.median_price_ratio >= policy.min_price_ratio
),

det_refund_crew as (
    {{ detection_fires('judged', 'RET-04', evidence={
        'people_14d': 'min_people',
        'known_lags': 'min_known_lags',
        'lag_spread_h': 'max_lag_spread_h',
        'median_price_ratio': 'min_price_ratio',
        'claims_14d': none,
        'shared_pictures_14d': none,
        'reason': none,
        'open_claims_usd': none,
    }) }}
)

select * from det_refund_crew
