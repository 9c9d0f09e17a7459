-- Grain: one row per Olist payment, a capture at the order's approval. Without approval
-- the only date is the order's, and the row arrives at the extract's end.
-- `not_defined` payments carry no amount and no means of payment: nothing was captured.
select
    payments.order_id || '-' || payments.payment_sequential as payment_id,
    payments.order_id,
    order_facts.user_id,
    'capture' as kind,
    'BRL' as currency,
    to_minor(payments.payment_value) as amount_minor,
    case payments.payment_type
        when 'not_defined' then 'error'
        else 'approved'
    end as result,
    coalesce(order_facts.approved_at, order_facts.placed_at) as attempted_at,
    order_facts.approved_at as settled_at,
    case
        when order_facts.approved_at is null then extract_end.extract_ended_at
        else greatest(order_facts.approved_at, order_facts.placed_at)
    end as ingested_at
from csv_payments as payments
left join order_facts on payments.order_id = order_facts.order_id
cross join extract_end
