{{ config(materialized='table') }}

-- GMV by what losses are reported by: one row per day, payment month, region, business
-- line, channel, category and currency. Captures are posted per order; what they put
-- against each item says whose they are, to the unit.
with shares as (
    select * from {{ ref('int_posting_orders') }}
    where
        source_table = 'payment_attempts'
        and account not in ('psp_cash', 'unapplied_cash')
),

dimensions as (
    select * from {{ ref('int_order_dimensions') }}
),

items as (
    select * from {{ ref('int_order_item_values') }}
),

int_gmv_cells as (
    select
        coalesce(dimensions.region, 'unknown') as region,
        coalesce(dimensions.business_line, 'unknown') as business_line,
        coalesce(dimensions.channel, 'unknown') as channel,
        case
            when items.order_item_id is not null
                then coalesce(items.category_l1, 'unknown')
            else coalesce(dimensions.category_l1, 'unknown')
        end as category_l1,
        shares.currency,
        cast(-sum(shares.amount_minor) as bigint) as gmv_minor,
        cast(-sum(shares.amount_usd) as decimal(18, 2)) as gmv_usd,
        count(*) = count(shares.amount_usd) as is_usd_complete,
        shares.event_date as gmv_date,
        cast(date_trunc(
            'month', least(dimensions.first_captured_on, shares.event_date)
        ) as date) as cohort_month
    from shares
    left join dimensions on shares.order_id = dimensions.order_id
    left join items on shares.order_item_id = items.order_item_id
    group by all
)

select * from int_gmv_cells
