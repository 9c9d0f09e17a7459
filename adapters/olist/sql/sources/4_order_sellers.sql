-- Grain: one row per Olist order. The seller it lands with: its only one, or a stand-in
-- where the files name several sellers or none.
with sellers as (
    select
        order_id,
        min(seller_id) as first_seller_id,
        count(distinct seller_id) as seller_count
    from sold_items
    group by order_id
)

select
    order_facts.order_id,
    case
        when sellers.seller_count is null then 'unknown_seller'
        when sellers.seller_count > 1 then 'several_sellers'
        else sellers.first_seller_id
    end as seller_id,
    order_facts.placed_at
from order_facts
left join sellers on order_facts.order_id = sellers.order_id
