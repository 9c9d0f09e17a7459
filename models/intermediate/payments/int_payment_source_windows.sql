-- Grain: one row per source, payment attempt and night judged: the 60 minutes that end
-- with the attempt. A night judges every window that holds an attempt which arrived
-- that night, from what had arrived by then.
with attempts as (
    select
        *,
        date_trunc('hour', attempted_at) as hour_at
    from {{ ref('int_payment_source_attempts') }}
    where night <= {{ to_night() }}
),

touched_hours as (
    select distinct
        attempts.source_type,
        attempts.source_id,
        attempts.night,
        attempts.hour_at + reach.hours * interval 1 hour as hour_at
    from attempts
    cross join (values (-1), (0), (1)) as reach (hours)
    where {{ in_range('attempts.night') }}
),

in_reach as (
    select
        attempts.*,
        touched_hours.night as judged_night
    from touched_hours
    inner join attempts
        on
            touched_hours.source_type = attempts.source_type
            and touched_hours.source_id = attempts.source_id
            and touched_hours.hour_at = attempts.hour_at
            and touched_hours.night >= attempts.night
),

-- the frame holds (t - 60 minutes, t]; the card range is that of the attempt that ends
-- the window
windows as (
    select
        source_type,
        source_id,
        payment_id,
        min(region) over last_hour as first_region,
        max(region) over last_hour as last_region,
        min(business_line) over last_hour as first_business_line,
        max(business_line) over last_hour as last_business_line,
        card_bin6,
        count(*) over last_hour as attempts,
        count(*) filter (where result = 'declined') over last_hour as declines,
        count(*) filter (where result = 'approved') over last_hour as approvals,
        count(distinct instrument_fingerprint) over last_hour as instruments,
        count(is_small_ticket) over last_hour as sized_attempts,
        count(*) filter (where is_small_ticket) over last_hour as small_tickets,
        count(card_bin6) over last_hour_of_bin as bin_attempts,
        count(card_bin6) filter (
            where result = 'declined'
        ) over last_hour_of_bin as bin_declines,
        count(distinct card_last4_hash) over last_hour_of_bin as bin_cards,
        count(*) filter (where night = judged_night) over last_hour as new_attempts,
        judged_night as night,
        min(attempted_at) over last_hour as first_event_at,
        attempted_at as last_event_at
    from in_reach
    window
        last_hour as (
            partition by source_type, source_id, judged_night
            order by attempted_at
            range between interval 3599999999 microseconds preceding and current row
        ),
        last_hour_of_bin as (
            partition by source_type, source_id, judged_night, card_bin6
            order by attempted_at
            range between interval 3599999999 microseconds preceding and current row
        )
),

int_payment_source_windows as (
    select
        source_type,
        source_id,
        payment_id,
        case when first_region = last_region then first_region end as region,
        case
            when first_business_line = last_business_line then first_business_line
        end as business_line,
        card_bin6,
        attempts,
        declines,
        approvals,
        instruments,
        sized_attempts,
        small_tickets,
        bin_attempts,
        bin_declines,
        bin_cards,
        night,
        first_event_at,
        last_event_at
    from windows
    where new_attempts > 0
)

select * from int_payment_source_windows
