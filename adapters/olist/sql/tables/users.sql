-- Grain: one row per buyer (customer_unique_id; customer_id is new with every order).
-- Olist does not say when an account was opened: known since its first order.
select
    user_id,
    min(placed_at) as created_at,
    'BR' as region,
    'active' as status,
    1::bigint as record_seq,
    min(placed_at) as ingested_at
from order_facts
group by user_id
