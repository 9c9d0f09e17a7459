-- Grain: one row per seller and channel, measure and baseline night: its peer group,
-- with the channel in the place of the category, and what the measure counts in its 28
-- days, of how many.
{%- set measures = {
    'unbrowsed_orders': 'session_orders',
    'new_buyer_orders': 'dated_orders',
    'single_seller_buyers': 'buyers',
} %}
with demand as (
    select * from {{ ref('int_channel_demand') }}
    where {{ in_range('night') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='demand') }}
),

measures as (
    {% for part, whole in measures.items() %}
        select
            *,
            '{{ part }}' as measure,
            {{ part }} as successes,
            {{ whole }} as trials
        from demand
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

int_channel_peer_traits as (
    select
        'seller_channel' as entity_type,
        measures.seller_id || '|' || measures.channel as entity_id,
        measures.measure,
        measures.channel as category_l1,
        coalesce(profiles.region, 'unknown') as region,
        measures.night - profiles.onboarded_on as tenure_days,
        cast(measures.orders as bigint) as orders_90d,
        cast(measures.successes as bigint) as successes,
        cast(measures.trials as bigint) as trials,
        measures.night
    from measures
    left join profiles
        on
            measures.seller_id = profiles.seller_id
            and measures.night >= profiles.night
            and measures.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from int_channel_peer_traits
