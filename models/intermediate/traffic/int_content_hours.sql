-- Grain: one row per creator, content (null: none), hour and arrival night: what people
-- did, from where, and how much of it came from accounts at most seven days old. Acts
-- are counted with what was known of device and account on their own night.
with events as (
    select
        *,
        date_trunc('hour', occurred_at) as hour_at,
        cast(occurred_at as date) as event_date
    from {{ ref('stg_engagement_events') }}
    where {{ in_range('night') }}
),

users as (
    select
        user_id,
        night,
        opened_on
    from {{ ref('int_user_profiles') }}
    where
        night <= {{ to_night() }}
        and user_id in (select events.actor_user_id from events)
    qualify row_number() over (partition by user_id order by night) = 1
),

devices as (
    select
        device_id,
        is_emulator,
        record_seq,
        night
    from {{ ref('stg_devices') }}
    where
        night <= {{ to_night() }}
        and device_id in (select events.device_id from events)
),

emulators as (
    select
        events.event_id,
        max_by(devices.is_emulator, devices.record_seq) as is_emulator
    from events
    inner join devices
        on events.device_id = devices.device_id and events.night >= devices.night
    group by events.event_id
),

int_content_hours as (
    select
        events.creator_id,
        events.content_id,
        count(*) as events,
        count(*) filter (where events.kind in ('view', 'live_join')) as views,
        count(*) filter (where events.kind = 'product_click') as product_clicks,
        coalesce(cast(sum(events.watch_ms) filter (
            where events.kind in ('view', 'live_join')
        ) as bigint), 0) as watch_ms,
        count(*) filter (where events.asn_type in ('hosting', 'vpn'))
            as hosting_events,
        count(*) filter (where emulators.is_emulator) as emulator_events,
        count(events.device_id) as device_events,
        count(users.user_id) as known_account_events,
        count(*) filter (where events.event_date <= users.opened_on + 7)
            as new_account_7d_events,
        events.event_date,
        events.night,
        events.hour_at
    from events
    left join users
        on events.actor_user_id = users.user_id and events.night >= users.night
    left join emulators on events.event_id = emulators.event_id
    group by
        events.creator_id, events.content_id, events.event_date, events.night,
        events.hour_at
)

select * from int_content_hours
