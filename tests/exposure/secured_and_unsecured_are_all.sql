-- Invariant 12: secured + EAD = gross exposure, the buckets add up to what the orders
-- themselves expose at the end of the last night, and an order whose deadlines have
-- passed exposes nothing.
with last_night as (
    select max(night) as night from {{ ref('stg_landing_deliveries') }}
),

states as (
    select states.*
    from {{ ref('int_exposure_states') }} as states
    inner join last_night on states.night <= last_night.night
    qualify
        row_number() over (
            partition by states.order_id, states.currency order by states.night desc
        ) = 1
),

orders as (
    select
        states.currency,
        sum(states.kept_minor) filter (where states.closes_on > last_night.night)
            as gross_minor
    from states
    cross join last_night
    group by states.currency
),

buckets as (
    select
        daily.currency,
        sum(daily.gross_minor) as gross_minor
    from {{ ref('mart_exposure_daily') }} as daily
    inner join last_night on daily.night = last_night.night
    group by daily.currency
),

matured as (
    select
        deltas.order_id,
        deltas.currency
    from {{ ref('int_exposure_deltas') }} as deltas
    cross join last_night
    where deltas.effective_on <= last_night.night
    group by all
    having sum(deltas.gross_minor) != 0 or sum(deltas.ead_minor) != 0
)

select
    cast(night as varchar) as subject,
    'secured and EAD are not all' as problem
from {{ ref('mart_exposure_daily') }}
where
    gross_minor != secured_minor + ead_minor
    or gross_usd != secured_usd + ead_usd
    or least(gross_minor, secured_minor, ead_minor, open_orders) < 0
union all
select
    currency as subject,
    'the buckets are not what the orders expose' as problem
from orders
full outer join buckets using (currency)
where coalesce(orders.gross_minor, 0) != coalesce(buckets.gross_minor, 0)
union all
select
    matured.order_id as subject,
    'a matured order is exposed' as problem
from matured
inner join states using (order_id, currency)
cross join last_night
where states.closes_on <= last_night.night
