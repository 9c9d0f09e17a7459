-- Grain: one row per target, night on which feedback about it arrived and hostile
-- feedback of the seven days up to it, with whether the order behind it was refunded
-- after it. Of a recalled product nothing counts.
with feedback as (
    select * from {{ ref('int_hostile_feedback') }}
    where night <= {{ to_night() }}
),

recalls as (
    select * from {{ ref('int_product_recalls') }}
    where {{ in_range('night') }}
),

refunds as (
    select * from {{ ref('int_order_refunds') }}
    where night <= {{ to_night() }}
),

judged as (
    select distinct
        target_type,
        target_id,
        night
    from feedback
    where {{ in_range('night') }}
),

recent as (
    select
        judged.target_type || ' ' || judged.target_id as target,
        feedback.* exclude (night),
        judged.night
    from judged
    inner join feedback
        on
            judged.target_type = feedback.target_type
            and judged.target_id = feedback.target_id
            and judged.night >= feedback.night
            and judged.night >= feedback.event_date
            and judged.night < feedback.event_date + 7
    left join recalls
        on feedback.subject_id = recalls.sku_id and judged.night = recalls.night
    where recalls.sku_id is null
),

refunded as (
    select distinct
        recent.feedback_id,
        recent.night
    from recent
    inner join refunds
        on
            recent.bought_order_id = refunds.order_id
            and recent.night >= refunds.night
            and recent.posted_at < refunds.succeeded_at
),

int_recent_feedback as (
    select
        recent.* exclude (night, event_date),
        refunded.feedback_id is not null as is_refunded_after,
        recent.night
    from recent
    left join refunded using (feedback_id, night)
)

select * from int_recent_feedback
