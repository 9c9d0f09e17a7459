-- Grain: one row per referrer and night on which a referee of the last 14 days is
-- known: how many there are, how they hang together, and what they bought since.
with referrals as (
    select
        'user' as entity_type,
        referrer_user_id as entity_id,
        *
    from {{ ref('int_recent_referrals') }}
    where {{ in_range('night') }}
),

orders as (
    select * from {{ ref('int_referee_orders') }}
    where {{ in_range('night') }}
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
        and user_id in (select referrals.entity_id from referrals)
),

located as (
    select
        referrals.*,
        profiles.region,
        cast(null as varchar) as business_line,
        profiles.opened_on
    from referrals
    left join profiles
        on
            referrals.entity_id = profiles.user_id
            and referrals.night >= profiles.night
            and referrals.night < profiles.until_night
),

policy as (
    {{ policy_in_force('INC-03', ['max_first_spend_ratio', 'min_silent_days']) }}
),

counted as (
    select
        located.entity_type,
        located.entity_id,
        located.region,
        located.business_line,
        located.opened_on,
        located.night,
        count(distinct located.referee_user_id) as referees_14d,
        count(distinct located.referee_user_id) filter (
            where links.referral_id is not null
        ) as linked_referees_14d,
        -- where no promotion asked for an amount, the number of orders alone counts
        count(distinct located.referee_user_id) filter (
            where orders.orders = 1
            and orders.silent_days >= policy.min_silent_days
            and coalesce(orders.largest_usd <= (
                policy.max_first_spend_ratio * orders.minimum_spend_usd
            ), true)
        ) as one_and_done_referees_14d,
        count(distinct located.referee_user_id) filter (
            where orders.orders > 1
        ) as continuing_referees_14d,
        {{ sum_if_all_known('located.reward_usd', 'true') }} as reward_usd_14d,
        min(located.signed_up_at) as first_event_at,
        max(located.signed_up_at) as last_event_at
    from located
    left join {{ ref('int_referee_links') }} as links using (referral_id, night)
    left join orders using (referral_id, night)
    left join policy on {{ policy_applies('located') }}
    group by all
),

priors as (
    {{ peer_priors('counted', 'referees') }}
),

ind_referrer_referees as (
    select
        counted.entity_type,
        counted.entity_id,
        counted.region,
        counted.business_line,
        priors.group_used,
        case
            when counted.opened_on is null then 'no_account'
            when priors.entity_id is null then 'no_baseline'
        end as missing_input,
        cast(counted.night - counted.opened_on as integer) as history_days,
        counted.referees_14d,
        counted.linked_referees_14d,
        counted.one_and_done_referees_14d,
        counted.continuing_referees_14d,
        {% for share in ['linked', 'one_and_done', 'continuing'] -%}
            cast(
                cast(counted.{{ share }}_referees_14d as double) / counted.referees_14d
                as decimal(12, 6)
            ) as {{ share }}_share,
        {% endfor -%}
        cast(14 * priors.peer_rate as decimal(12, 6)) as usual_referees_14d,
        {{ poisson_surprise(
            'counted.referees_14d', 'cast(14 * priors.peer_rate as decimal(12, 6))'
        ) }} as surprise,
        counted.reward_usd_14d,
        counted.night,
        counted.first_event_at,
        counted.last_event_at
    from counted
    left join priors
        on counted.entity_id = priors.entity_id and counted.night = priors.night
)

select * from ind_referrer_referees
