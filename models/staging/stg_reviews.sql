-- Ratings and texts buyers leave on a listing.
-- Grain: one row per review, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('reviews') }}
),
delivered as (
    {{ first_delivery('landed', ['review_id'], 'posted_at') }}
),
stg_reviews as (
    select
        review_id,
        order_item_id,
        sku_id,
        user_id,
        {{ hash_pii(normalise_text('review_text'), 'text') }} as review_text_hash,
        {{ text_minhash(normalise_text('review_text')) }} as review_text_minhash,
        rating,
        image_phash,
        night,
        posted_at,
        ingested_at
    from delivered
)
select * from stg_reviews
