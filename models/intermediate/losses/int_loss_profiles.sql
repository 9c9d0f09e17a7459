{{ config(materialized='table') }}

-- Loss events with everything they are reported by: one row per loss event. Its
-- category is its item's as of the item's night, else that of its whole order; what
-- belongs to a seller and to no order has the seller's.
with events as (
    select * from {{ ref('fct_loss_events') }}
),

dimensions as (
    select * from {{ ref('int_order_dimensions') }}
),

items as (
    select * from {{ ref('int_order_item_values') }}
),

sellers as (
    select
        seller_id,
        region,
        business_line,
        category_l1
    from {{ ref('stg_sellers') }}
    qualify row_number() over (partition by seller_id order by record_seq desc) = 1
),

-- a seller in default owes for all it sold
owed_by as (
    select
        postings.posting_id,
        sellers.region,
        sellers.business_line,
        sellers.category_l1
    from {{ ref('fct_ledger_postings') }} as postings
    inner join sellers on postings.party_id = sellers.seller_id
    where postings.party_type = 'seller' and postings.account like 'loss_%'
),

int_loss_profiles as (
    select
        events.posting_id,
        events.order_id,
        events.order_item_id,
        events.scenario,
        events.loss_type,
        events.bearer,
        events.entry,
        events.component,
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
        events.night,
        coalesce(dimensions.region, owed_by.region, 'unknown') as region,
        coalesce(dimensions.business_line, owed_by.business_line, 'unknown')
            as business_line,
        coalesce(dimensions.channel, 'unknown') as channel,
        case
            when items.order_item_id is not null
                then coalesce(items.category_l1, 'unknown')
            else coalesce(dimensions.category_l1, owed_by.category_l1, 'unknown')
        end as category_l1,
        -- a loss of no known payment belongs to the month it happened in
        cast(date_trunc(
            'month', least(dimensions.first_captured_on, events.event_date)
        ) as date) as cohort_month
    from events
    left join dimensions on events.order_id = dimensions.order_id
    left join owed_by on events.posting_id = owed_by.posting_id
    left join items on events.order_item_id = items.order_item_id
)

select * from int_loss_profiles
