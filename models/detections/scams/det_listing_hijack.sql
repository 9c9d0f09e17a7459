-- Grain: one row per listing and night on which it had become another, much cheaper
-- article within a day, under the reviews of the old one.
with rewrites as (
    select * from {{ ref('ind_listing_rewrites') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('SCM-05', [
        'min_changed_fields', 'min_reviews', 'max_title_similarity', 'max_price_ratio',
        'min_history_days'
    ]) }}
),

judged as (
    select
        rewrites.*,
        policy.* exclude (region, business_line), -- noqa: RF02
        'another_article_under_old_reviews' as reason_code,
        rewrites.stake_usd as amount_at_stake_usd
    from rewrites
    inner join policy on {{ policy_applies('rewrites') }}
    where
        rewrites.missing_input is null
        and rewrites.history_days >= policy.min_history_days
        and rewrites.changed_fields >= policy.min_changed_fields
        and rewrites.reviews_before >= policy.min_reviews
        and rewrites.title_similarity < policy.max_title_similarity
        and rewrites.price_ratio <= policy.max_price_ratio
),

det_listing_hijack as (
    {{ detection_fires('judged', 'SCM-05', evidence={
        'changed_fields': 'min_changed_fields',
        'reviews_before': 'min_reviews',
        'title_similarity': 'max_title_similarity',
        'price_ratio': 'max_price_ratio',
    }) }}
)

select * from det_listing_hijack
