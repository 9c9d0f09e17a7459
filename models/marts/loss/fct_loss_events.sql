-- Loss events with everything they are reported by: one row per loss event. Its
-- category is its item's as of the item's night, else that of its whole order; what
-- belongs to a party and to no order has the party's.
with events as (
    select * from {{ ref('int_loss_events') }}
),

dimensions as (
    select * from {{ ref('int_order_dimensions') }}
),

items as (
    select * from {{ ref('int_order_item_values') }}
),

owners as (
    select * from {{ ref('int_loss_owners') }}
),

fct_loss_events as (
    select
        events.posting_id,
        events.journal_id,
        events.source_id,
        events.order_id,
        events.order_item_id,
        events.payment_id,
        events.source_table,
        events.fact,
        events.loss_type,
        events.scenario,
        events.bearer,
        events.entry,
        events.component,
        coalesce(dimensions.region, owners.region, 'unknown') as region,
        coalesce(dimensions.business_line, owners.business_line, 'unknown')
            as business_line,
        coalesce(dimensions.channel, 'unknown') as channel,
        case
            when items.order_item_id is not null
                then coalesce(items.category_l1, 'unknown')
            else coalesce(dimensions.category_l1, owners.category_l1, 'unknown')
        end as category_l1,
        events.currency,
        events.gross_minor,
        events.recovered_minor,
        events.cash_recovered_minor,
        events.net_minor,
        events.gross_usd,
        events.recovered_usd,
        events.cash_recovered_usd,
        events.net_usd,
        events.event_date,
        -- a loss of no known payment belongs to the month it happened in
        cast(date_trunc(
            'month', least(dimensions.first_captured_on, events.event_date)
        ) as date) as cohort_month,
        events.night
    from events
    left join dimensions on events.order_id = dimensions.order_id
    left join owners on events.posting_id = owners.posting_id
    left join items on events.order_item_id = items.order_item_id
)

select * from fct_loss_events
