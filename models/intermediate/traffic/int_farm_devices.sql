-- Grain: one row per window of a creator's traffic with enough acts to be judged and
-- device that acted in it: from how many people's accounts the device acted in the 30
-- days up to the window's day, as known that night.
with all_windows as (
    select
        *,
        cast(null as varchar) as business_line,
        cast(hour_at as date) as event_date
    from {{ ref('int_content_windows') }}
    where {{ in_range('night') }}
),

events as (
    select * from {{ ref('stg_engagement_events') }}
    where night <= {{ to_night() }} and device_id is not null
),

device_actors as (
    select * from {{ ref('int_device_actors_daily') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('TRF-04', ['min_events']) }}
),

windows as (
    select all_windows.*
    from all_windows
    inner join policy on {{ policy_applies('all_windows') }}
    where all_windows.events_24h >= policy.min_events
),

window_devices as (
    select distinct
        windows.creator_id,
        windows.content_id,
        events.device_id,
        windows.event_date,
        windows.night,
        windows.hour_at
    from windows
    inner join events
        on
            windows.creator_id = events.creator_id
            and windows.night >= events.night
            and windows.first_hour_at <= events.occurred_at
            and windows.hour_at + interval 1 hour > events.occurred_at
    where coalesce(windows.content_id = events.content_id, windows.content_id is null)
),

device_nights as (
    select distinct
        device_id,
        event_date,
        night,
        event_date - cast(unnest(range(30)) as integer) as acted_on
    from window_devices
),

actors as (
    select distinct
        device_nights.device_id,
        device_nights.event_date,
        device_nights.night,
        device_actors.actor_user_id as buyer_user_id
    from device_nights
    inner join device_actors
        on
            device_nights.device_id = device_actors.device_id
            and device_nights.acted_on = device_actors.event_date
            and device_nights.night >= device_actors.night
),

clusters as (
    {{ buyer_clusters('actors') }}
),

people as (
    select
        actors.device_id,
        actors.event_date,
        actors.night,
        count(distinct clusters.cluster_id) as people_30d
    from actors
    inner join clusters
        on
            actors.buyer_user_id = clusters.buyer_user_id
            and actors.night >= clusters.night
            and actors.night < clusters.until_night
    group by actors.device_id, actors.event_date, actors.night
),

int_farm_devices as (
    select
        window_devices.creator_id,
        window_devices.content_id,
        window_devices.device_id,
        people.people_30d,
        window_devices.night,
        window_devices.hour_at
    from window_devices
    inner join people using (device_id, event_date, night)
)

select * from int_farm_devices
