-- Grain: one row per referrer and night on which it had brought far more people in 14
-- days than others do, and they share devices or homes, or stopped after one order.
with referrers as (
    select * from {{ ref('ind_referrer_referees') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('INC-03', [
        'min_referees', 'min_linked_share', 'min_one_and_done_share',
        'max_continuing_share', 'min_surprise', 'min_history_days'
    ]) }}
),

suspects as (
    select
        referrers.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        case
            when referrers.linked_share >= policy.min_linked_share
                then 'referees_share_devices_or_homes'
            when referrers.one_and_done_share >= policy.min_one_and_done_share
                then 'referees_stop_after_one_order'
        end as reason_code
    from referrers
    inner join policy on {{ policy_applies('referrers') }}
    where
        referrers.missing_input is null
        and referrers.history_days >= policy.min_history_days
        and referrers.referees_14d >= policy.min_referees
        and referrers.surprise >= policy.min_surprise
        -- people who go on buying were worth the reward, wherever they live
        and referrers.continuing_share <= policy.max_continuing_share
),

referrals as (
    select * from {{ ref('int_recent_referrals') }}
    where {{ in_range('night') }}
),

referees as (
    select
        suspects.entity_id,
        suspects.night,
        list(distinct 'user:' || referrals.referee_user_id) as users
    from suspects
    inner join referrals
        on
            suspects.entity_id = referrals.referrer_user_id
            and suspects.night = referrals.night
    where suspects.reason_code is not null
    group by suspects.entity_id, suspects.night
),

judged as (
    select
        suspects.*,
        list_sort(
            list_append(referees.users, 'user:' || suspects.entity_id)
        ) as evidence_objects,
        suspects.reward_usd_14d as amount_at_stake_usd
    from suspects
    inner join referees using (entity_id, night)
),

det_referral_farm as (
    {{ detection_fires('judged', 'INC-03', evidence={
        'referees_14d': 'min_referees',
        'linked_share': 'min_linked_share',
        'one_and_done_share': 'min_one_and_done_share',
        'continuing_share': 'max_continuing_share',
        'surprise': 'min_surprise',
        'usual_referees_14d': none,
    }) }}
)

select * from det_referral_farm
