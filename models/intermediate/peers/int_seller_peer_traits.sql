-- Grain: one row per seller with a label in the last 90 days, measure and baseline
-- night: what makes its peer group, and what the measure counts in its last 28 days,
-- of how many.
{%- set measures = {
    'unscanned_labels': 'due_labels',
    'elsewhere_labels': 'delivered_labels',
    'light_parcels': 'weighed_parcels',
    'instant_reviews': 'reviews',
    'unbrowsed_orders': 'session_orders',
    'platform_usd': 'value_usd',
} %}
with baselines as (
    {{ baseline_nights() }}
),

labels as (
    select * from {{ ref('int_seller_labels_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 90
),

parcels as (
    select * from {{ ref('int_seller_parcels_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 28
),

reviews as (
    select * from {{ ref('int_sku_reviews_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 28
),

browsing as (
    select * from {{ ref('int_seller_browsing_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 28
),

subsidies as (
    select * from {{ ref('int_seller_subsidies_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 28
),

days as (
    select * from labels
    union all by name
    select * from parcels
    union all by name
    select * from reviews
    union all by name
    select * from browsing
    union all by name
    select * from subsidies
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='labels') }}
),

records as (
    select
        days.seller_id,
        {% for part, whole in measures.items() %}
            coalesce(sum(days.{{ part }}) filter (
                where days.event_date > baselines.night - 28
            ), 0) as {{ part }},
            coalesce(sum(days.{{ whole }}) filter (
                where days.event_date > baselines.night - 28
            ), 0) as {{ whole }},
        {% endfor %}
        coalesce(sum(days.labels), 0) as labels_90d,
        baselines.night
    from baselines
    inner join days
        on
            baselines.night >= days.night
            and days.event_date > baselines.night - 90
            and baselines.night >= days.event_date
    group by days.seller_id, baselines.night
),

measures as (
    {% for part, whole in measures.items() %}
        select
            *,
            '{{ part }}' as measure,
            {{ part }} as successes,
            {{ whole }} as trials
        from records
        {{ 'union all' if not loop.last }}
    {% endfor %}
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
