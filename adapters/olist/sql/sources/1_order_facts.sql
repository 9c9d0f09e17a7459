-- Grain: one row per Olist order. Its buyer, its dated facts in UTC and how its final
-- status reads in the contract. A step cannot be known before the order is placed.
with orders as (
    select
        order_id,
        customer_id,
        order_status,
        to_utc(order_purchase_timestamp) as placed_at,
        to_utc(order_approved_at) as approved_at,
        to_utc(order_delivered_carrier_date) as shipped_at,
        to_utc(order_delivered_customer_date) as delivered_at
    from csv_orders
),

customers as (
    select
        customer_id,
        customer_unique_id as user_id,
        to_postcode(customer_zip_code_prefix) as postcode,
        customer_city as city
    from csv_customers
)

select
    orders.order_id,
    customers.user_id,
    customers.postcode,
    customers.city,
    case orders.order_status
        when 'created' then 'placed'
        when 'approved' then 'paid'
        when 'invoiced' then 'paid'
        when 'processing' then 'paid'
        when 'shipped' then 'shipped'
        when 'delivered' then 'delivered'
        when 'unavailable' then 'cancelled'
        when 'canceled' then 'cancelled'
        else error('unknown order_status: ' || orders.order_status)
    end as final_status,
    orders.placed_at,
    orders.approved_at,
    orders.shipped_at,
    orders.delivered_at
from orders
left join customers on orders.customer_id = customers.customer_id
