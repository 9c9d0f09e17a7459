-- Invitations that led to a sign-up, with the rewards of both sides.
-- Grain: one row per version of a referral, as first delivered.
with landed as (
    {{ landing_rows('referrals') }}
),
delivered as (
    {{ first_delivery('landed', ['referral_id', 'record_seq'], 'signed_up_at') }}
),
stg_referrals as (
    select
        referral_id,
        referrer_user_id,
        referee_user_id,
        qualifying_order_id,
        currency,
        status,
        record_seq,
        referrer_reward_minor,
        referee_reward_minor,
        night,
        signed_up_at,
        granted_at,
        ingested_at
    from delivered
)
select * from stg_referrals
