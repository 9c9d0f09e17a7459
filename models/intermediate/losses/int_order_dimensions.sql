{{ config(materialized='table') }}

-- What losses and sales of an order are reported by: one row per order that is known or
-- was paid, as it stands now.
with orders as (
    select * from {{ ref('fct_orders') }}
),

categories as (
    select
        order_id,
        case
            when count(category_l1) = 0 then 'unknown'
            when min(category_l1) = max(category_l1) and count(category_l1) = count(*)
                then min(category_l1)
            else 'mixed'
        end as category_l1
    from {{ ref('int_order_item_values') }}
    group by order_id
),

captures as (
    select
        order_id,
        min(event_date) as first_captured_on
    from {{ ref('int_captured_money') }}
    where amount_minor > 0 and order_id is not null
    group by order_id
),

keys as (
    select order_id from orders
    union
    select order_id from categories
    union
    select order_id from captures
),

int_order_dimensions as (
    select
        keys.order_id,
        coalesce(orders.region, 'unknown') as region,
        coalesce(orders.business_line, 'unknown') as business_line,
        coalesce(orders.channel, 'unknown') as channel,
        coalesce(categories.category_l1, 'unknown') as category_l1,
        captures.first_captured_on
    from keys
    left join orders on keys.order_id = orders.order_id
    left join categories on keys.order_id = categories.order_id
    left join captures on keys.order_id = captures.order_id
)

select * from int_order_dimensions
