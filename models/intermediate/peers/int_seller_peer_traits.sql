-- Grain: one row per seller with a label in the last 90 days, measure and baseline
-- night: what makes its peer group, and its unscanned and misdelivered labels of the
-- last 28 days.
with baselines as (
    {{ baseline_nights() }}
),

labels as (
    select * from {{ ref('int_seller_labels_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 90
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='labels') }}
),

records as (
    select
        labels.seller_id,
        baselines.night,
        sum(labels.labels) as labels_90d,
        coalesce(sum(labels.due_labels) filter (
            where labels.event_date > baselines.night - 28
        ), 0) as due_labels,
        coalesce(sum(labels.unscanned_labels) filter (
            where labels.event_date > baselines.night - 28
        ), 0) as unscanned_labels,
        coalesce(sum(labels.delivered_labels) filter (
            where labels.event_date > baselines.night - 28
        ), 0) as delivered_labels,
        coalesce(sum(labels.elsewhere_labels) filter (
            where labels.event_date > baselines.night - 28
        ), 0) as elsewhere_labels
    from baselines
    inner join labels
        on
            baselines.night >= labels.night
            and labels.event_date > baselines.night - 90
            and baselines.night >= labels.event_date
    group by labels.seller_id, baselines.night
),

measures as (
    select
        *,
        'unscanned_labels' as measure,
        unscanned_labels as successes,
        due_labels as trials
    from records
    union all
    select
        *,
        'elsewhere_labels' as measure,
        elsewhere_labels as successes,
        delivered_labels as trials
    from records
),

int_seller_peer_traits as (
    select
        'seller' as entity_type,
        measures.seller_id as entity_id,
        measures.measure,
        coalesce(profiles.category_l1, 'unknown') as category_l1,
        coalesce(profiles.region, 'unknown') as region,
        measures.night - profiles.onboarded_on as tenure_days,
        cast(measures.labels_90d as bigint) as orders_90d,
        cast(measures.successes as bigint) as successes,
        cast(measures.trials as bigint) as trials,
        measures.night
    from measures
    left join profiles
        on
            measures.seller_id = profiles.seller_id
            and measures.night >= profiles.night
            and measures.night < coalesce(profiles.until_night, date '9999-12-31')
    where measures.labels_90d > 0
)

select * from int_seller_peer_traits
