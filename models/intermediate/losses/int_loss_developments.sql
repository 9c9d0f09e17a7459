-- Losses of each payment month by the months passed since, as known at the end of a
-- closed month. One row per night that ends a month, payment month and development
-- month in which something was lost or came back.
with valuations as (
    {{ month_ends() }}
),

-- an order that is known later belongs to later valuations
losses as (
    select
        entries.* replace (
            case when entries.order_night <= valuations.night then entries.order_id end
                as order_id,
            valuations.night as night
        )
    from {{ ref('int_loss_entries') }} as entries
    inner join valuations on entries.night <= valuations.night
),

captures as (
    select
        captured.order_id,
        min(captured.event_date) as captured_on,
        valuations.night
    from {{ ref('int_captured_money') }} as captured
    inner join valuations on captured.order_night <= valuations.night
    where captured.amount_minor > 0 and {{ is_in('order_id', 'losses') }}
    group by captured.order_id, valuations.night
),

-- a loss of no known payment belongs to the month it happened in
dated as (
    select
        losses.*,
        date_trunc('month', least(captures.captured_on, losses.event_date))
            as cohort_month,
        1 + date_diff(
            'month', least(captures.captured_on, losses.event_date), losses.event_date
        ) as development_month
    from losses
    left join captures
        on losses.order_id = captures.order_id and losses.night = captures.night
),

-- an order counts once, in the month of its first loss
counted as (
    select
        *,
        row_number() over (
            partition by night, coalesce(order_id, posting_id), gross_minor > 0
            order by event_date, posting_id
        ) = 1 and gross_minor > 0 as is_first_loss
    from dated
),

int_loss_developments as (
    select
        cast(cohort_month as date) as cohort_month,
        cast(development_month as integer) as development_month,
        cast(coalesce(sum(gross_usd), 0) as decimal(18, 2)) as gross_usd,
        cast(coalesce(sum(net_usd), 0) as decimal(18, 2)) as net_usd,
        count(*) filter (where is_first_loss) as loss_orders,
        night
    from counted
    group by cohort_month, development_month, night
)

select * from int_loss_developments
