-- From the headline to the raw rows: the largest daily loss of the last 28 days, the
-- postings it is made of, and the landing row each of them comes from (source_table,
-- source_id, night of arrival). Put a day and a type of loss into `chosen` to follow
-- another one.
with losses as (
    select * from {{ ref('mart_capital_loss_daily') }}
),

last_day as (
    select max(loss_date) as last_date from losses
),

chosen as (
    select losses.*
    from losses
    cross join last_day
    where losses.loss_date > last_day.last_date - 28
    -- and losses.loss_date = date '2026-06-01' and losses.loss_type = 'payment_fraud'
    order by
        losses.gross_loss_usd desc nulls last,
        losses.loss_date asc,
        losses.region asc,
        losses.business_line asc,
        losses.currency asc,
        losses.loss_type asc
    limit 1
),

events as (
    select * from {{ ref('fct_loss_events') }}
    where bearer = 'platform' and entry != 'collection'
),

booked as (
    select
        chosen.loss_date,
        chosen.loss_type,
        chosen.gross_loss_minor as loss_of_the_day_minor,
        events.posting_id,
        events.order_id,
        events.gross_minor,
        events.currency
    from chosen
    inner join events
        on
            chosen.loss_date = events.event_date
            and chosen.currency = events.currency
            and chosen.loss_type = events.loss_type
            and chosen.region = events.region
            and chosen.business_line = events.business_line
)

select
    booked.*,
    raw.journal_kind,
    raw.source_table,
    raw.source_id,
    raw.fact,
    raw.event_at,
    raw.night as arrived_on
from booked
inner join {{ ref('fct_ledger_postings') }} as raw on booked.posting_id = raw.posting_id
order by booked.gross_minor desc, booked.posting_id asc
