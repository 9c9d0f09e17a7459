-- Grain: one row per device and night on which a payment attempt of it arrived: how
-- many cards it tried within a day and in the 30 days up to the night.
with days as (
    select * from {{ ref('int_device_card_days') }}
    where {{ in_range('night') }}
),

attempts as (
    select
        *,
        cast(attempted_at as date) as attempted_on
    from {{ ref('int_payment_source_attempts') }}
    where
        night <= {{ to_night() }}
        and source_type = 'device'
        and cast(attempted_at as date) > {{ from_night() }} - 30
),

payment_nights as (
    select * from {{ ref('int_payment_nights') }}
    where night <= {{ to_night() }}
),

months as (
    select
        days.device_id,
        days.night,
        min(attempts.region) as first_region,
        max(attempts.region) as last_region,
        min(attempts.business_line) as first_business_line,
        max(attempts.business_line) as last_business_line,
        count(*) as attempts_30d,
        count(distinct attempts.instrument_fingerprint) as instruments_30d
    from days
    inner join attempts
        on
            days.device_id = attempts.source_id
            and days.night >= attempts.night
            and days.night - 30 < attempts.attempted_on
    group by days.device_id, days.night
),

histories as (
    select
        nights.night,
        nights.night - min(payment_nights.first_attempted_on) as history_days
    from (select distinct night from days) as nights
    inner join payment_nights on nights.night >= payment_nights.night
    group by nights.night
),

ind_device_instruments as (
    select
        'device' as entity_type,
        days.device_id as entity_id,
        case
            when months.first_region = months.last_region then months.first_region
        end as region,
        case
            when months.first_business_line = months.last_business_line
                then months.first_business_line
        end as business_line,
        case
            when days.instruments_24h + coalesce(months.instruments_30d, 0) = 0
                then 'no_instrument'
        end as missing_input,
        histories.history_days,
        days.attempts_24h,
        days.instruments_24h,
        coalesce(months.attempts_30d, 0) as attempts_30d,
        coalesce(months.instruments_30d, 0) as instruments_30d,
        days.night,
        days.first_event_at,
        days.last_event_at
    from days
    inner join histories using (night)
    left join months using (device_id, night)
)

select * from ind_device_instruments
