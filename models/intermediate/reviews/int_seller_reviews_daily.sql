-- Grain: one row per seller, date of the review and night: reviews of purchases, and
-- those that gave five stars within a day of the delivery, or before it.
with all_reviews as (
    select * from {{ ref('stg_reviews') }}
    where
        night <= {{ to_night() }}
        and order_item_id is not null
        and posted_at >= {{ from_night() }} - 28
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }}
),

deliveries as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }} and delivered_at is not null
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

known as (
    select
        all_reviews.review_id,
        sales.seller_id,
        cast(all_reviews.posted_at as date) as posted_on,
        all_reviews.rating = 5
        and all_reviews.posted_at <= deliveries.delivered_at + interval 24 hour
            as is_instant,
        greatest(all_reviews.night, sales.night) as night,
        greatest(all_reviews.night, sales.night, deliveries.night) as told_on
    from all_reviews
    inner join sales on all_reviews.order_item_id = sales.order_item_id
    left join deliveries on sales.order_id = deliveries.order_id
),

changes as (
    select
        seller_id,
        posted_on,
        night,
        1 as reviews
    from known
    union all by name
    select
        seller_id,
        posted_on,
        told_on as night,
        1 as instant_reviews
    from known
    where is_instant
),

int_seller_reviews_daily as (
    select
        seller_id,
        posted_on as event_date,
        cast(coalesce(sum(reviews), 0) as bigint) as reviews,
        cast(coalesce(sum(instant_reviews), 0) as bigint) as instant_reviews,
        night
    from changes
    where {{ in_range('night') }} and night < posted_on + 28
    group by seller_id, posted_on, night
)

select * from int_seller_reviews_daily
