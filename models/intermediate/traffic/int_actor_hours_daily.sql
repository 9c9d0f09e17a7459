-- Grain: one row per actor, event date, hour of day and arrival night. How much an
-- account did, on both clocks.
with events as (
    select
        actor_user_id,
        cast(occurred_at as date) as event_date,
        cast(extract(hour from occurred_at) as integer) as hour_of_day,
        night
    from {{ ref('stg_engagement_events') }}
    where {{ in_range('night') }}
),

int_actor_hours_daily as (
    select
        actor_user_id,
        hour_of_day,
        count(*) as actions,
        event_date,
        night
    from events
    group by actor_user_id, event_date, hour_of_day, night
)

select * from int_actor_hours_daily
