-- Grain: one row per source, event date and arrival night. How many payment attempts it
-- sent, on both clocks.
with attempts as (
    select
        *,
        cast(attempted_at as date) as event_date
    from {{ ref('int_payment_source_attempts') }}
    where {{ in_range('night') }}
),

int_payment_sources_daily as (
    select
        source_type,
        source_id,
        count(*) as attempts,
        event_date,
        night
    from attempts
    group by source_type, source_id, event_date, night
)

select * from int_payment_sources_daily
