-- Grain: one row per referral and night of the 14 days from its sign-up on on which it
-- is known.
with states as (
    select
        *,
        lead(night) over (partition by referral_id order by night) as until_night
    from {{ ref('int_referral_states') }}
    where night <= {{ to_night() }} and signed_up_on > {{ from_night() }} - 14
),

int_recent_referrals as (
    select
        referral_id,
        referrer_user_id,
        referee_user_id,
        reward_usd,
        signed_up_on,
        cast(unnest(generate_series(
            greatest(night, {{ from_night() }}),
            least(
                coalesce(until_night - 1, {{ to_night() }}),
                signed_up_on + 13,
                {{ to_night() }}
            ),
            interval 1 day
        )) as date) as night,
        signed_up_at
    from states
)

select * from int_recent_referrals
