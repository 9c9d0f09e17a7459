-- What each payment month sold, as known at the end of each closed month: the exposure
-- that losses are set against. One row per night that ends a month and payment month.
with valuations as (
    {{ month_ends() }}
),

postings as (
    select * from {{ ref('int_captured_money') }}
    where night <= {{ to_night() }}
),

int_cohort_volumes as (
    select
        cast(date_trunc('month', postings.event_date) as date) as cohort_month,
        count(distinct postings.order_id) filter (
            where postings.order_night <= valuations.night
        ) as captured_orders,
        cast(coalesce(sum(postings.amount_usd), 0) as decimal(18, 2)) as gmv_usd,
        valuations.night
    from postings
    inner join valuations on postings.night <= valuations.night
    group by date_trunc('month', postings.event_date), valuations.night
)

select * from int_cohort_volumes
