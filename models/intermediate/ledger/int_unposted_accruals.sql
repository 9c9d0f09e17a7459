{{ config(materialized='view') }}

-- Incentives that the ledger cannot post: granted without a currency, or redeemed from
-- a promotion that has not arrived, which may or may not pay back. One row per referral
-- or redemption.
with referrals as (
    select *
    from {{ ref('stg_referrals') }}
    qualify row_number() over (partition by referral_id order by record_seq desc) = 1
),

promotions as (
    select distinct promotion_id from {{ ref('stg_promotions') }}
),

redemptions as (
    select * from {{ ref('stg_promotion_redemptions') }}
),

int_unposted_accruals as (
    select
        'referrals' as subject_type,
        referral_id as subject_id,
        currency,
        0 as unapplied_minor,
        0.00 as unapplied_usd,
        coalesce(referrer_reward_minor, 0) + coalesce(referee_reward_minor, 0)
            as unposted_minor
    from referrals
    where
        status = 'granted'
        and currency is null
        and (referrer_reward_minor != 0 or referee_reward_minor != 0)
    union all
    select
        'promotion_redemptions' as subject_type,
        redemptions.redemption_id as subject_id,
        redemptions.currency,
        0 as unapplied_minor,
        0.00 as unapplied_usd,
        redemptions.amount_minor as unposted_minor
    from redemptions
    left join promotions on redemptions.promotion_id = promotions.promotion_id
    where promotions.promotion_id is null
)

select * from int_unposted_accruals
