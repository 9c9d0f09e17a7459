-- Grain: one row per user who referred somebody in the last 90 days and baseline night:
-- its region, and the referees of these days. Peers are not cut by how many they
-- refer: that is what is judged.
with baselines as (
    {{ baseline_nights() }}
),

referrals as (
    select
        referral_id,
        referrer_user_id,
        signed_up_on,
        night
    from {{ ref('int_referral_states') }}
    where night <= {{ to_night() }} and signed_up_on > {{ from_night() }} - 90
    qualify row_number() over (partition by referral_id order by night) = 1
),

profiles as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by user_id order by night
        ) as until_night
    from {{ ref('int_user_profiles') }}
    where
        night <= {{ to_night() }}
        and user_id in (select referrals.referrer_user_id from referrals)
),

records as (
    select
        referrals.referrer_user_id,
        baselines.night,
        count(*) as referees
    from baselines
    inner join referrals
        on
            baselines.night >= referrals.night
            and referrals.signed_up_on > baselines.night - 90
    group by referrals.referrer_user_id, baselines.night
),

int_referrer_peer_traits as (
    select
        'user' as entity_type,
        records.referrer_user_id as entity_id,
        'referees' as measure,
        'all' as category_l1,
        coalesce(profiles.region, 'unknown') as region,
        cast(null as bigint) as tenure_days,
        0 as orders_90d,
        cast(records.referees as bigint) as successes,
        cast(90 as bigint) as trials,
        records.night
    from records
    left join profiles
        on
            records.referrer_user_id = profiles.user_id
            and records.night >= profiles.night
            and records.night < profiles.until_night
)

select * from int_referrer_peer_traits
