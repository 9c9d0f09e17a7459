-- Grain: one row per listing, seller it was bought from, date of the review and night:
-- reviews of purchases, and those that gave five stars within hours of the delivery, or
-- before it.
with all_reviews as (
    select * from {{ ref('stg_reviews') }}
    where
        night <= {{ to_night() }}
        and order_item_id is not null
        and posted_at >= {{ from_night() }} - 28
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_item_id in (select all_reviews.order_item_id from all_reviews)
),

deliveries as (
    select * from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and delivered_at is not null
        and order_id in (select sales.order_id from sales)
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

policy as (
    {{ policy_in_force('COL-03', ['max_praise_hours']) }}
),

known as (
    select
        sales.sku_id,
        sales.seller_id,
        sales.region,
        sales.business_line,
        all_reviews.rating,
        cast(all_reviews.posted_at as date) as posted_on,
        greatest(all_reviews.night, sales.night) as night,
        deliveries.night as told_on,
        all_reviews.posted_at,
        deliveries.delivered_at
    from all_reviews
    inner join sales on all_reviews.order_item_id = sales.order_item_id
    left join deliveries on sales.order_id = deliveries.order_id
),

praise as (
    select * replace (greatest(night, told_on) as night)
    from known
    where rating = 5 and told_on is not null
),

changes as (
    select
        sku_id,
        seller_id,
        posted_on,
        night,
        1 as reviews
    from known
    union all by name
    select
        praise.sku_id,
        praise.seller_id,
        praise.posted_on,
        praise.night,
        1 as instant_reviews
    from praise
    inner join policy on {{ policy_applies('praise') }}
    where
        praise.posted_at
        <= praise.delivered_at + to_hours(cast(policy.max_praise_hours as integer))
),

int_sku_reviews_daily as (
    select
        sku_id,
        seller_id,
        posted_on as event_date,
        cast(coalesce(sum(reviews), 0) as bigint) as reviews,
        cast(coalesce(sum(instant_reviews), 0) as bigint) as instant_reviews,
        night
    from changes
    where {{ in_range('night') }} and night < posted_on + 28
    group by sku_id, seller_id, posted_on, night
)

select * from int_sku_reviews_daily
