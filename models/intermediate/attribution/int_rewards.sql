{{ config(materialized='view') }}

-- Rewards by what a label can be given to: the award itself, and the party that earned
-- it. One row per reward and target.
with referrals as (
    select *
    from {{ ref('stg_referrals') }}
    qualify row_number() over (partition by referral_id order by night, record_seq) = 1
),

awards as (
    select *
    from {{ ref('stg_creator_awards') }}
    qualify row_number() over (partition by award_id order by night, record_seq) = 1
),

int_rewards as (
    select
        'referral:' || referral_id as reward_id,
        'user' as target_type,
        referrer_user_id as target_id,
        signed_up_at as earned_at,
        night
    from referrals
    union all
    select
        'redemption:' || redemption_id as reward_id,
        'user' as target_type,
        user_id as target_id,
        redeemed_at as earned_at,
        night
    from {{ ref('stg_promotion_redemptions') }}
    union all
    select
        'award:' || award_id as reward_id,
        'award' as target_type,
        award_id as target_id,
        awarded_at as earned_at,
        night
    from awards
    union all
    select
        'award:' || award_id as reward_id,
        'creator' as target_type,
        creator_id as target_id,
        awarded_at as earned_at,
        night
    from awards
)

select * from int_rewards
