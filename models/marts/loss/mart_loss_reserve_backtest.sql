-- Past estimates beside what came: how much of each payment month's reserve has been
-- lost since, and what the last valuation still expects. One row per past valuation,
-- measure and payment month.
with reserves as (
    select * from {{ ref('mart_loss_reserves') }}
),

last_valuation as (
    select max(valued_on) as valued_on
    from reserves
),

now as (
    select reserves.*
    from reserves
    inner join last_valuation on reserves.valued_on = last_valuation.valued_on
),

mart_loss_reserve_backtest as (
    select
        past.measure,
        past.cohort_month,
        past.development_month,
        past.method,
        cast(past.ultimate_value - past.latest_value as decimal(18, 2)) as reserve,
        past.standard_error,
        cast(now.latest_value - past.latest_value as decimal(18, 2)) as came_since,
        cast(now.ultimate_value - now.latest_value as decimal(18, 2)) as still_expected,
        cast(past.ultimate_value - now.ultimate_value as decimal(18, 2)) as run_off,
        past.valued_on,
        now.valued_on as looked_back_on
    from reserves as past
    inner join now
        on
            past.measure = now.measure
            and past.cohort_month = now.cohort_month
            and past.valued_on < now.valued_on
)

select * from mart_loss_reserve_backtest
