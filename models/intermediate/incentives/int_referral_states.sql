-- Grain: one row per referral and night on which it changed: who brought whom, and what
-- both are promised in dollars.
with all_referrals as (
    select
        *,
        cast(signed_up_at as date) as rate_for
    from {{ ref('stg_referrals') }}
    where night <= {{ to_night() }}
),

touched as (
    select referral_id from all_referrals
    where {{ in_range('night') }}
),

referrals as (
    select * from all_referrals
    where referral_id in (select touched.referral_id from touched)
),

states as (
    {{ became_current('referrals', ['referral_id']) }}
),

rates as (
    {{ known_rates('states') }}
),

int_referral_states as (
    select
        states.referral_id,
        states.referrer_user_id,
        states.referee_user_id,
        states.qualifying_order_id,
        states.status,
        case
            when coalesce(states.referrer_reward_minor, 0) = 0
                and coalesce(states.referee_reward_minor, 0) = 0 then 0
            else {{ amount_in_usd(
                '(coalesce(states.referrer_reward_minor, 0)'
                ' + coalesce(states.referee_reward_minor, 0))',
                'rates.usd_per_unit', 'currencies.exponent'
            ) }}
        end as reward_usd,
        states.rate_for as signed_up_on,
        states.night,
        states.signed_up_at
    from states
    left join {{ ref('ref_currencies') }} as currencies
        on states.currency = currencies.currency
    left join rates
        on
            states.currency = rates.currency
            and states.rate_for = rates.rate_for
            and states.night = rates.night
    where {{ in_range('states.night') }}
)

select * from int_referral_states
