-- Grain: one row per device or network and night on which accounts were made there in
-- series: many people, who order at once, come like clockwork, or come all of a sudden.
with sources as (
    select * from {{ ref('ind_signup_sources') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-07', [
        'min_people', 'min_quick_share', 'min_regular_people', 'max_gap_cv',
        'min_surprise', 'min_burst_quick_share', 'min_history_days'
    ]) }}
),

compared as (
    select
        sources.*,
        policy.* exclude (region, business_line) -- noqa: RF02
    from sources
    inner join policy on {{ policy_applies('sources') }}
    where
        sources.missing_input is null
        and sources.history_days >= policy.min_history_days
        and sources.people_30d >= policy.min_people
),

judged as (
    select
        *,
        case
            when quick_share >= min_quick_share then 'ordered_at_once'
            when
                people_30d >= min_regular_people
                and gap_cv < max_gap_cv
                and (entity_type = 'device' or quick_share >= min_burst_quick_share)
                then 'signed_up_by_the_clock'
            when
                surprise >= min_surprise
                and quick_share >= min_burst_quick_share
                then 'signed_up_all_of_a_sudden'
        end as reason_code,
        stake_usd as amount_at_stake_usd
    from compared
),

det_account_factory as (
    {{ detection_fires('judged', 'KYC-07', evidence={
        'people_30d': 'min_people',
        'quick_share': 'min_quick_share',
        'gap_cv': 'max_gap_cv',
        'surprise': 'min_surprise',
        'signups_30d': none,
    }) }}
)

select * from det_account_factory
