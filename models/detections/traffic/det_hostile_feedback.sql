-- Grain: one row per seller, listing or creator and night that fired: a burst of bad
-- reviews or reports by people who belong together, without purchases or paid off
-- afterwards.
with feedback as (
    select * from {{ ref('ind_target_feedback') }}
    where {{ in_range('night') }} and missing_input is null
),

recent as (
    select * from {{ ref('int_recent_feedback') }}
    where {{ in_range('night') }}
),

sales as (
    select
        *,
        cast(placed_at as date) as placed_on
    from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

policy as (
    {{ policy_in_force('TRF-06', [
        'min_history_days', 'min_feedback', 'min_surprise', 'min_usual_feedback',
        'min_tied_share', 'max_backed_share', 'min_refunded_share',
    ]) }}
),

measured as (
    select
        feedback.*,
        policy.* exclude (policy.region, policy.business_line),
        greatest(feedback.usual_feedback_7d, policy.min_usual_feedback) as expected,
        cast(feedback.tied_authors_7d / feedback.authors_7d as decimal(9, 6))
            as tied_share,
        cast(feedback.backed_7d / feedback.feedback_7d as decimal(9, 6))
            as backed_share,
        cast(feedback.refunded_7d / feedback.feedback_7d as decimal(9, 6))
            as refunded_share
    from feedback
    inner join policy on {{ policy_applies('feedback') }}
    where
        feedback.history_days >= policy.min_history_days
        and feedback.feedback_7d >= policy.min_feedback
),

fired as (
    select
        *,
        {{ poisson_surprise('feedback_7d', 'expected') }} as surprise,
        case
            when backed_share <= max_backed_share then 'feedback_without_purchase'
            when refunded_share >= min_refunded_share then 'refunded_after_feedback'
        end as reason_code
    from measured
    where
        reason_code is not null
        and surprise >= min_surprise
        and tied_share >= min_tied_share
),

behind as (
    select
        fired.target,
        fired.night,
        {{ capped_objects('user', 'recent.author_user_id') }}
        || {{ capped_objects('order', 'recent.bought_order_id') }} as objects
    from fired
    inner join recent using (target, night)
    group by fired.target, fired.night
),

earned as (
    select
        fired.target,
        fired.night,
        sum(sales.paid_usd) as paid_usd_28d,
        coalesce(sum(sales.paid_usd) filter (
            where fired.night - 7 < sales.placed_on
        ), 0) as paid_usd_7d
    from fired
    inner join sales
        on
            fired.entity_id = case fired.entity_type
                when 'sku' then sales.sku_id
                when 'seller' then sales.seller_id
                else sales.creator_id
            end
            and fired.night >= sales.night
            and fired.night >= sales.placed_on
            and fired.night - 28 < sales.placed_on
    group by fired.target, fired.night
),

-- what four such weeks would bring less than the last one's share of the four
judged as (
    select
        fired.*,
        list_sort(list_distinct([
            fired.entity_type || ':' || fired.entity_id, 'seller:' || fired.seller_id
        ])) || behind.objects as evidence_objects,
        {{ lost_sales('earned.paid_usd_28d', 'earned.paid_usd_7d') }}
            as amount_at_stake_usd
    from fired
    inner join behind using (target, night)
    left join earned using (target, night)
),

det_hostile_feedback as (
    {{ detection_fires('judged', 'TRF-06', evidence={
        'feedback_7d': 'min_feedback', 'expected': none, 'surprise': 'min_surprise',
        'tied_share': 'min_tied_share', 'backed_share': 'max_backed_share',
        'refunded_share': 'min_refunded_share',
    }) }}
)

select * from det_hostile_feedback
