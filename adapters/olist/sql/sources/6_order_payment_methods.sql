-- Grain: one row per Olist order with a payment: the method that paid most of it.
with payment_methods as (
    select
        order_id,
        case payment_type
            when 'credit_card' then 'card'
            when 'debit_card' then 'card'
            when 'boleto' then 'bank'
            when 'voucher' then 'voucher'
            when 'not_defined' then null
            else error('unknown payment_type: ' || payment_type)
        end as payment_method,
        sum(to_minor(payment_value)) as paid_minor
    from csv_payments
    group by all
)

select
    order_id,
    payment_method
from payment_methods
qualify row_number() over (
    partition by order_id
    order by paid_minor desc, payment_method asc
) = 1
