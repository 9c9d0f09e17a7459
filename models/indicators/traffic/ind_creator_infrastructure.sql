-- Grain: one row per creator, content (null: all of it), hour and night judged: whether
-- the traffic of 24 hours comes out of data centres, emulators and devices with many
-- accounts. Devices are counted where there is enough traffic to be judged.
with windows as (
    select * from {{ ref('int_content_windows') }}
    where {{ in_range('night') }}
),

devices as (
    select
        creator_id,
        content_id,
        count(*) as devices,
        quantile_disc(people_30d, 0.95) as people_per_device_p95,
        night,
        hour_at
    from {{ ref('int_farm_devices') }}
    where {{ in_range('night') }}
    group by creator_id, content_id, night, hour_at
),

ind_creator_infrastructure as (
    select
        'creator' as entity_type,
        windows.creator_id as entity_id,
        windows.content_id,
        windows.region,
        cast(null as varchar) as business_line,
        case
            when windows.creator_days is null then 'no_account'
            when windows.device_events_24h = 0 then 'no_device'
        end as missing_input,
        windows.creator_days as history_days,
        windows.events_24h,
        cast(
            cast(windows.hosting_events_24h as double) / windows.events_24h
            as decimal(9, 6)
        ) as hosting_share,
        cast(
            cast(windows.emulator_events_24h as double) / windows.events_24h
            as decimal(9, 6)
        ) as emulator_share,
        devices.devices as devices_24h,
        devices.people_per_device_p95,
        windows.night,
        windows.hour_at,
        windows.first_hour_at
    from windows
    left join devices
        on
            windows.creator_id = devices.creator_id
            and windows.content_id is not distinct from devices.content_id
            and windows.night = devices.night
            and windows.hour_at = devices.hour_at
)

select * from ind_creator_infrastructure
