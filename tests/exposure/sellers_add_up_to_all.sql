-- What the sellers expose adds up to what all orders expose, night by night.
with sellers as (
    select
        night,
        sum(gross_usd) as gross_usd,
        sum(ead_usd) as ead_usd
    from {{ ref('int_exposure_sellers') }}
    group by night
),

daily as (
    select
        night,
        sum(gross_usd) as gross_usd,
        sum(ead_usd) as ead_usd
    from {{ ref('mart_exposure_daily') }}
    group by night
)

select
    night,
    'sellers do not add up to all' as problem
from sellers
full outer join daily using (night)
where
    coalesce(sellers.gross_usd, 0) != coalesce(daily.gross_usd, 0)
    or coalesce(sellers.ead_usd, 0) != coalesce(daily.ead_usd, 0)
