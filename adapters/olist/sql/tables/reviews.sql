-- Grain: one row per review and order: Olist repeats a review id over several orders.
-- A review is of the order; it names a sku or an item only where there is just one.
with ordered as (
    select
        order_id,
        count(*) as item_count,
        count(distinct sku_id) as sku_count,
        min(order_item_id) as first_order_item_id,
        min(sku_id) as first_sku_id
    from sold_items
    group by order_id
),

reviews as (
    select
        review_id,
        order_id,
        cast(review_score as bigint) as rating,
        nullif(
            concat_ws(
                chr(10), trim(review_comment_title), trim(review_comment_message)
            ),
            ''
        ) as review_text,
        to_utc(review_answer_timestamp) as posted_at
    from csv_reviews
)

select
    reviews.review_id || '-' || reviews.order_id as review_id,
    case when ordered.item_count = 1 then ordered.first_order_item_id end
        as order_item_id,
    case when ordered.sku_count = 1 then ordered.first_sku_id else 'unknown_sku' end
        as sku_id,
    order_facts.user_id,
    reviews.rating,
    reviews.review_text,
    reviews.posted_at,
    greatest(reviews.posted_at, order_facts.placed_at) as ingested_at
from reviews
left join order_facts on reviews.order_id = order_facts.order_id
left join ordered on reviews.order_id = ordered.order_id
