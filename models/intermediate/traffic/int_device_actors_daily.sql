-- Grain: one row per device, account, event date and arrival night: who acted from
-- which device.
with events as (
    select
        device_id,
        actor_user_id,
        cast(occurred_at as date) as event_date,
        night
    from {{ ref('stg_engagement_events') }}
    where {{ in_range('night') }} and device_id is not null
),

int_device_actors_daily as (
    select distinct
        device_id,
        actor_user_id,
        event_date,
        night
    from events
)

select * from int_device_actors_daily
