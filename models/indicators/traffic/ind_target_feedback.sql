-- Grain: one row per seller, listing or creator and night on which hostile feedback
-- about it arrived: how much in seven days, who is behind it and what came of it,
-- beside the 56 days before, their worst week left out.
with recent as (
    select * from {{ ref('int_recent_feedback') }}
    where {{ in_range('night') }}
),

ties as (
    select * from {{ ref('int_feedback_ties') }}
    where {{ in_range('night') }}
),

feedback as (
    select
        *,
        min(night) over () as first_night
    from {{ ref('int_hostile_feedback') }}
    where night <= {{ to_night() }}
),

targets as (
    select
        recent.target,
        min(recent.target_type) as target_type,
        min(recent.target_id) as target_id,
        min(recent.seller_id) as seller_id,
        count(*) as feedback_7d,
        count(distinct recent.author_user_id) as authors_7d,
        count(distinct ties.author_user_id) as tied_authors_7d,
        count(recent.bought_order_id) as backed_7d,
        count(*) filter (where recent.is_refunded_after) as refunded_7d,
        recent.night,
        min(recent.posted_at) as first_event_at,
        max(recent.posted_at) as last_event_at
    from recent
    left join ties using (target, author_user_id, night)
    group by recent.target, recent.night
),

past_weeks as (
    select
        targets.target,
        targets.night,
        (targets.night - feedback.event_date) // 7 as week,
        count(*) as feedback
    from targets
    inner join feedback
        on
            targets.target_type = feedback.target_type
            and targets.target_id = feedback.target_id
            and targets.night >= feedback.night
            and targets.night >= feedback.event_date + 7
            and targets.night < feedback.event_date + 63
    group by targets.target, targets.night, week
),

pasts as (
    select
        target,
        night,
        sum(feedback) - max(feedback) as feedback
    from past_weeks
    group by target, night
),

sellers as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='targets') }}
),

creator_ids as (
    select target_id as creator_id from targets
    where target_type = 'creator'
),

creators as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='creator_ids') }}
),

ind_target_feedback as (
    select
        targets.target_type as entity_type,
        targets.target_id as entity_id,
        coalesce(sellers.region, creators.region) as region,
        sellers.business_line,
        case
            when coalesce(sellers.onboarded_on, creators.onboarded_on) is null
                then 'no_account'
        end as missing_input,
        cast(least(targets.night - coalesce(
            sellers.onboarded_on, creators.onboarded_on
        ), targets.night - (select min(feedback.first_night) from feedback))
        as integer) as history_days,
        targets.* exclude (
            target_type, target_id, night, first_event_at, last_event_at
        ),
        cast(coalesce(pasts.feedback, 0) / 7.0 as decimal(18, 6)) as usual_feedback_7d,
        targets.night,
        targets.first_event_at,
        targets.last_event_at
    from targets
    left join pasts using (target, night)
    left join sellers
        on
            targets.seller_id = sellers.seller_id
            and targets.night >= sellers.night
            and targets.night < coalesce(sellers.until_night, date '9999-12-31')
    left join creators
        on
            targets.target_type = 'creator'
            and targets.target_id = creators.creator_id
            and targets.night >= creators.night
            and targets.night < coalesce(creators.until_night, date '9999-12-31')
)

select * from ind_target_feedback
