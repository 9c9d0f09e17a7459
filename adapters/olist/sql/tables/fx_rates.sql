-- Grain: one row per day of the covered period: the month's approximate rate.
with days as (
    select unnest(range(
        date_trunc('day', (select min(placed_at) from order_facts)),
        date_trunc('day', (select extract_ended_at from extract_end)) + interval 1 day,
        interval 1 day
    )) as starts_at
)

select
    cast(days.starts_at as date) as rate_date,
    rates.currency,
    cast(rates.usd_per_unit as decimal(18, 10)) as usd_per_unit,
    days.starts_at as ingested_at
from days
inner join csv_brl_usd as rates
    on date_trunc('month', days.starts_at) = cast(rates.month as timestamp)
