-- Grain: one row per device and night on which a payment attempt of it arrived: how
-- many cards it tried in the fullest 24 hours that hold such an attempt.
with attempts as (
    select
        *,
        cast(attempted_at as date) as attempted_on
    from {{ ref('int_payment_source_attempts') }}
    where night <= {{ to_night() }} and source_type = 'device'
),

touched_days as (
    select distinct
        attempts.source_id,
        attempts.night,
        attempts.attempted_on + reach.days as attempted_on
    from attempts
    cross join (values (-1), (0), (1)) as reach (days)
    where {{ in_range('attempts.night') }}
),

in_reach as (
    select
        attempts.*,
        touched_days.night as judged_night
    from touched_days
    inner join attempts
        on
            touched_days.source_id = attempts.source_id
            and touched_days.attempted_on = attempts.attempted_on
            and touched_days.night >= attempts.night
),

-- the frame holds (t - 24 hours, t]
windows as (
    select
        source_id,
        judged_night,
        count(distinct instrument_fingerprint) over last_day as instruments,
        count(*) over last_day as attempts,
        count(*) filter (where night = judged_night) over last_day as new_attempts,
        case when night = judged_night then attempted_at end as arrived_at
    from in_reach
    window
        last_day as (
            partition by source_id, judged_night
            order by attempted_at
            range between interval 86399999999 microseconds preceding and current row
        )
),

int_device_card_days as (
    select
        source_id as device_id,
        max(attempts) as attempts_24h,
        max(instruments) as instruments_24h,
        judged_night as night,
        min(arrived_at) as first_event_at,
        max(arrived_at) as last_event_at
    from windows
    where new_attempts > 0
    group by source_id, judged_night
)

select * from int_device_card_days
