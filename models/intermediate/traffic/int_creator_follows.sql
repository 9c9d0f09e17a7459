-- Grain: one row per follow and night judged: the follows of a creator in the 14 days
-- up to the night, and which of them were taken back within seven days, as known then.
-- A creator is judged on nights on which a follow or unfollow arrives and on those on
-- which a follow is seven days old.
with acts as (
    select * from {{ ref('int_follow_acts') }}
    where night <= {{ to_night() }}
),

judged as (
    select
        creator_id,
        night
    from acts
    where {{ in_range('night') }}
    union
    select
        creator_id,
        event_date + 7 as night
    from acts
    where
        kind = 'follow'
        and event_date + 7 > night
        and {{ in_range('event_date + 7') }}
),

follows as (
    select
        judged.night as judged_night,
        acts.*
    from judged
    inner join acts
        on
            judged.creator_id = acts.creator_id
            and judged.night >= acts.night
            and judged.night >= acts.event_date
            and judged.night < acts.event_date + 14
    where acts.kind = 'follow'
),

unfollows as (
    select * from acts
    where kind = 'unfollow'
),

undone as (
    select distinct
        follows.event_id,
        follows.judged_night
    from follows
    inner join unfollows
        on
            follows.creator_id = unfollows.creator_id
            and follows.actor_user_id = unfollows.actor_user_id
            and follows.judged_night >= unfollows.night
            and follows.occurred_at < unfollows.occurred_at
            and follows.occurred_at + interval 7 days >= unfollows.occurred_at
),

int_creator_follows as (
    select
        follows.creator_id,
        follows.event_id,
        follows.actor_user_id,
        follows.account_days <= 7 as is_new_account,
        follows.judged_night >= follows.event_date + 7 as is_due,
        undone.event_id is not null as is_undone,
        follows.judged_night as night,
        follows.occurred_at as followed_at
    from follows
    left join undone
        on
            follows.event_id = undone.event_id
            and follows.judged_night = undone.judged_night
)

select * from int_creator_follows
