-- Grain: one row per identity cluster and night on which sellers or creators of it had
-- been made in series: several people within days, who share what people do not share.
with groups as (
    select * from {{ ref('ind_onboarding_groups') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-03', [
        'min_people', 'min_shared_types', 'max_gap_cv', 'min_surprise',
        'benefit_usd', 'min_history_days'
    ]) }}
),

compared as (
    select
        groups.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from groups
    inner join policy on {{ policy_applies('groups') }}
    where
        groups.missing_input is null
        and groups.history_days >= policy.min_history_days
        and groups.people_14d >= policy.min_people
        and groups.shared_types >= policy.min_shared_types
),

judged as (
    select
        *,
        case
            when gap_cv < max_gap_cv then 'taken_on_by_the_clock'
            when surprise > min_surprise then 'taken_on_all_at_once'
        end as reason_code,
        owed_usd + accounts_14d * benefit_usd as amount_at_stake_usd
    from compared
),

det_onboarding_farm as (
    {{ detection_fires('judged', 'KYC-03', evidence={
        'people_14d': 'min_people',
        'shared_types': 'min_shared_types',
        'gap_cv': 'max_gap_cv',
        'surprise': 'min_surprise',
        'accounts_14d': none,
    }) }}
)

select * from det_onboarding_farm
