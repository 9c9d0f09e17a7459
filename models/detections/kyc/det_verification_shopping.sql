-- Grain: one row per party and night on which it had passed verification by trying
-- until it did, under more than one identity, or with pictures no camera took.
with verifications as (
    select * from {{ ref('ind_party_verifications') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-05', [
        'min_failed_attempts', 'min_identities', 'min_capture_risk',
        'max_liveness_rank', 'lookback_days', 'hold_gmv_cap_usd', 'min_history_days'
    ]) }}
),

compared as (
    select
        verifications.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from verifications
    inner join policy on {{ policy_applies('verifications') }}
    where
        verifications.missing_input is null
        and verifications.history_days >= policy.min_history_days
        and verifications.is_approved
        and verifications.night
        - cast(verifications.last_event_at as date) <= policy.lookback_days
),

judged as (
    select
        *,
        case
            when
                failed_attempts_7d >= min_failed_attempts
                and identities_7d >= min_identities
                then 'identities_until_pass'
            when
                capture_risk >= min_capture_risk
                and liveness_rank < max_liveness_rank
                then 'injected_pictures'
        end as reason_code,
        hold_gmv_cap_usd as amount_at_stake_usd
    from compared
),

det_verification_shopping as (
    {{ detection_fires('judged', 'KYC-05', evidence={
        'failed_attempts_7d': 'min_failed_attempts',
        'identities_7d': 'min_identities',
        'capture_risk': 'min_capture_risk',
        'liveness_rank': 'max_liveness_rank',
    }) }}
)

select * from det_verification_shopping
