-- Grain: one row. The last moment the files speak of: a fact without a date of its own
-- was known by then, and cannot be claimed to have been known earlier.
with moments as (
    select unnest([placed_at, approved_at, shipped_at, delivered_at]) as moment
    from order_facts

    union all

    select to_utc(review_answer_timestamp) as moment from csv_reviews
)

select max(moment) as extract_ended_at from moments
