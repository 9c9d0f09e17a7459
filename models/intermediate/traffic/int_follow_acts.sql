-- Grain: one row per follow or unfollow of a creator: by whom, and how old the account
-- was, as known on the night the act arrived.
with acts as (
    select
        *,
        cast(occurred_at as date) as event_date
    from {{ ref('stg_engagement_events') }}
    where {{ in_range('night') }} and kind in ('follow', 'unfollow')
),

users as (
    select
        user_id,
        opened_on,
        night
    from {{ ref('int_user_profiles') }}
    where
        night <= {{ to_night() }}
        and user_id in (select acts.actor_user_id from acts)
    qualify row_number() over (partition by user_id order by night) = 1
),

int_follow_acts as (
    select
        acts.event_id,
        acts.creator_id,
        acts.actor_user_id,
        acts.kind,
        cast(acts.event_date - users.opened_on as integer) as account_days,
        acts.event_date,
        acts.night,
        acts.occurred_at
    from acts
    left join users
        on acts.actor_user_id = users.user_id and acts.night >= users.night
)

select * from int_follow_acts
