-- Grain: one row per version of a device. First delivery of each.
with landed as (
    {{ landing_rows('devices') }}
),
delivered as (
    {{ first_delivery('landed', ['device_id', 'record_seq']) }}
),
stg_devices as (
    select
        device_id,
        os,
        model,
        record_seq,
        timezone_offset_minutes,
        is_emulator,
        is_rooted,
        night,
        first_seen_at,
        ingested_at
    from delivered
)
select * from stg_devices
