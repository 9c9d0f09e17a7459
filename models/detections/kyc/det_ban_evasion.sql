-- Grain: one row per seller and night on which it was found to be tied to a party that
-- had been thrown off the platform before it came.
with tied as (
    select * from {{ ref('ind_seller_terminated_ties') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-02', [
        'min_strong_types', 'min_medium_types', 'settle_days', 'min_history_days'
    ]) }}
),

compared as (
    select
        tied.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from tied
    inner join policy on {{ policy_applies('tied') }}
    where
        tied.missing_input is null
        and tied.history_days >= policy.min_history_days
        and tied.is_open
),

judged as (
    select
        *,
        case
            when strong_types >= min_strong_types then 'same_identity'
            when medium_types >= min_medium_types then 'same_contacts'
        end as reason_code,
        owed_usd + gmv_usd_a_day * settle_days as amount_at_stake_usd
    from compared
),

det_ban_evasion as (
    {{ detection_fires('judged', 'KYC-02', evidence={
        'strong_types': 'min_strong_types',
        'medium_types': 'min_medium_types',
        'owed_usd': none,
        'gmv_usd_a_day': none,
    }) }}
)

select * from det_ban_evasion
