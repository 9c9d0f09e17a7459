{{ config(materialized='table') }}

-- Loss events with everything they are reported by: one row per loss event. Its
-- category is its item's as of the item's night, else that of its whole order.
with events as (
    select * from {{ ref('fct_loss_events') }}
),

dimensions as (
    select * from {{ ref('int_order_dimensions') }}
),

items as (
    select * from {{ ref('int_order_item_values') }}
),

int_loss_profiles as (
    select
        events.*,
        coalesce(dimensions.region, 'unknown') as region,
        coalesce(dimensions.business_line, 'unknown') as business_line,
        coalesce(dimensions.channel, 'unknown') as channel,
        case
            when items.order_item_id is not null
                then coalesce(items.category_l1, 'unknown')
            else coalesce(dimensions.category_l1, 'unknown')
        end as category_l1,
        -- a loss of no known payment belongs to the month it happened in
        cast(date_trunc(
            'month', least(dimensions.first_captured_on, events.event_date)
        ) as date) as cohort_month
    from events
    left join dimensions on events.order_id = dimensions.order_id
    left join items on events.order_item_id = items.order_item_id
)

select * from int_loss_profiles
