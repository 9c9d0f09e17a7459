-- Grain: one row per review of few stars or user report and target it is about, a
-- listing, its seller or a creator, on the night it arrived: by whom, and whether a
-- purchase of the author stands behind it, as known that night.
with reviews as (
    select
        *,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from {{ ref('stg_reviews') }}
    where {{ in_range('night') }}
),

reports as (
    select * from {{ ref('stg_user_reports') }}
    where
        {{ in_range('night') }} and target_type in ('seller', 'sku', 'creator')
),

policy as (
    {{ policy_in_force('TRF-06', ['max_rating']) }}
),

feedback as (
    select
        reviews.review_id as feedback_id,
        'sku' as target_type,
        reviews.sku_id as target_id,
        reviews.user_id as author_user_id,
        reviews.order_item_id,
        cast(null as varchar) as order_id,
        reviews.review_text_minhash as text_minhash,
        reviews.night,
        reviews.posted_at
    from reviews
    inner join policy on {{ policy_applies('reviews') }}
    where reviews.rating <= policy.max_rating
    union all by name
    select
        report_id as feedback_id,
        target_type,
        target_id,
        reporter_user_id as author_user_id,
        order_id,
        night,
        reported_at as posted_at
    from reports
),

listings as (
    select
        feedback.feedback_id,
        max_by(products.seller_id, products.record_seq) as seller_id
    from feedback
    inner join {{ ref('stg_products') }} as products
        on feedback.target_id = products.sku_id and feedback.night >= products.night
    where feedback.target_type = 'sku'
    group by feedback.feedback_id
),

purchases as (
    select
        feedback.feedback_id,
        min(sales.order_id) as bought_order_id
    from feedback
    inner join {{ ref('int_item_sales') }} as sales
        on
            feedback.author_user_id = sales.buyer_user_id
            and feedback.night >= sales.night
    where
        feedback.order_item_id = sales.order_item_id
        or feedback.order_id = sales.order_id
    group by feedback.feedback_id
),

known as (
    select
        feedback.*,
        listings.seller_id,
        purchases.bought_order_id
    from feedback
    left join listings on feedback.feedback_id = listings.feedback_id
    left join purchases on feedback.feedback_id = purchases.feedback_id
),

-- what is said of a listing is said of its seller
targets as (
    select
        *,
        target_id as subject_id
    from known
    union all by name
    select
        * replace ('seller' as target_type, seller_id as target_id),
        target_id as subject_id
    from known
    where target_type = 'sku' and seller_id is not null
),

int_hostile_feedback as (
    select
        feedback_id,
        target_type,
        target_id,
        subject_id,
        coalesce(seller_id, case when target_type = 'seller' then target_id end)
            as seller_id,
        author_user_id,
        bought_order_id,
        text_minhash,
        cast(posted_at as date) as event_date,
        night,
        posted_at
    from targets
)

select * from int_hostile_feedback
