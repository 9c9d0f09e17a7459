-- What each payment month sold, as known at the end of each closed month: the exposure
-- that losses are set against. One row per night that ends a month and payment month.
with valuations as (
    select distinct night
    from {{ ref('stg_landing_deliveries') }}
    where {{ in_range('night') }} and night = last_day(night)
),

postings as (
    select *
    from {{ ref('int_posting_orders') }}
    where
        source_table = 'payment_attempts'
        and account in ('psp_cash', 'unapplied_cash')
        and night <= {{ to_night() }}
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
