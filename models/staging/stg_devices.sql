-- Phones, tablets and browsers seen by the client software, with what it could tell
-- about them.
-- Grain: one row per version of a device, as first delivered.
with landed as (
    {{ landing_rows('devices') }}
),
delivered as (
    {{ first_delivery('landed', ['device_id', 'record_seq'], 'first_seen_at') }}
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
