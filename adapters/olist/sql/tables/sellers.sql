-- Grain: one row per seller that sold something, and per stand-in seller in use.
-- Olist does not say when a seller joined: known since the first order.
with first_seen as (
    select
        seller_id,
        min(placed_at) as seen_at
    from (
        select
            seller_id,
            placed_at
        from sold_items

        union all

        select
            seller_id,
            placed_at
        from order_sellers
    ) as orders
    group by seller_id
)

select
    seller_id,
    'business' as seller_type,
    'BR' as country,
    'BR' as region,
    'marketplace' as business_line,
    seen_at as onboarded_at,
    'active' as status,
    1::bigint as record_seq,
    seen_at as ingested_at
from first_seen
