-- Grain: one row per seller with an order in the last 90 days, measure and baseline
-- night: what makes its peer group, and what the measure counts in its window, of how
-- many.
{%- set measures = {
    'diverted_orders': ('orders', 28),
} %}
with baselines as (
    {{ baseline_nights() }}
),

days as (
    select * from {{ ref('int_seller_chats_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 90
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='days') }}
),

records as (
    select
        days.seller_id,
        {% for part, (whole, length) in measures.items() %}
            coalesce(sum(days.{{ part }}) filter (
                where days.event_date > baselines.night - {{ length }}
            ), 0) as {{ part }},
            coalesce(sum(days.{{ whole }}) filter (
                where days.event_date > baselines.night - {{ length }}
            ), 0) as {{ part }}_among,
        {% endfor %}
        coalesce(sum(days.orders), 0) as orders_90d,
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
    {% for part in measures %}
        select
            *,
            '{{ part }}' as measure,
            {{ part }} as successes,
            {{ part }}_among as trials
        from records
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

int_seller_trade_peer_traits as (
    select
        'seller' as entity_type,
        measures.seller_id as entity_id,
        measures.measure,
        coalesce(profiles.category_l1, 'unknown') as category_l1,
        coalesce(profiles.region, 'unknown') as region,
        measures.night - profiles.onboarded_on as tenure_days,
        cast(measures.orders_90d as bigint) as orders_90d,
        cast(measures.successes as bigint) as successes,
        cast(measures.trials as bigint) as trials,
        measures.night
    from measures
    left join profiles
        on
            measures.seller_id = profiles.seller_id
            and measures.night >= profiles.night
            and measures.night < coalesce(profiles.until_night, date '9999-12-31')
    where measures.orders_90d > 0
)

select * from int_seller_trade_peer_traits
