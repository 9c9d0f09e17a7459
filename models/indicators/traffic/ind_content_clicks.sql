-- Grain: one row per piece of content and night on which its acts or orders of seven
-- days changed: how many of its viewers click on the product, beside contents of the
-- same kind, and how many orders come of a click.
with days as (
    select
        content_id,
        event_date,
        views,
        product_clicks,
        night
    from {{ ref('int_content_hours') }}
    where content_id is not null
    union all by name
    select * from {{ ref('int_content_orders_daily') }}
),

rolled as (
    {{ rolling_sums('days', 'content_id', {
        7: ['views', 'product_clicks', 'orders']
    }) }}
),

looked_at as (
    select * from rolled
    where views_7d > 0 or product_clicks_7d > 0 or orders_7d > 0
),

states as (
    {{ periods(ref('int_content_profiles'), 'content_id', within='looked_at') }}
),

contents as (
    select
        *,
        min(night) over (partition by content_id) as first_night
    from states
),

creators as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='contents') }}
),

norms as (
    select * from {{ ref('int_content_norms') }}
    where night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('TRF-03', ['min_peer_views']) }}
),

measured as (
    select
        *,
        -- kinds of content cross regions
        cast(null as varchar) as region,
        cast(null as varchar) as business_line,
        {{ click_log('product_clicks_7d', 'views_7d') }} as click_log
    from looked_at
),

ind_content_clicks as (
    select
        'content' as entity_type,
        measured.content_id as entity_id,
        contents.creator_id,
        creators.region,
        measured.business_line,
        case
            when contents.content_id is null then 'no_content'
            when norms.night is null then 'no_baseline'
        end as missing_input,
        cast(measured.night - contents.first_night as integer) as history_days,
        measured.views_7d,
        measured.product_clicks_7d,
        measured.orders_7d,
        measured.click_log,
        cast(case
            when measured.views_7d >= policy.min_peer_views
                then {{ robust_z(
                    'cast(measured.click_log as double)', 'norms.median_click_log',
                    'norms.click_log_median_deviation',
                    'norms.click_log_mean_deviation'
                ) }}
        end as decimal(18, 6)) as click_z,
        cast(
            cast(measured.orders_7d as double) / nullif(measured.product_clicks_7d, 0)
            as decimal(18, 6)
        ) as orders_per_click,
        measured.night
    from measured
    left join contents
        on
            measured.content_id = contents.content_id
            and measured.night >= contents.night
            and measured.night < coalesce(contents.until_night, date '9999-12-31')
    left join creators
        on
            contents.creator_id = creators.creator_id
            and measured.night >= creators.night
            and measured.night < coalesce(creators.until_night, date '9999-12-31')
    left join policy on {{ policy_applies('measured') }}
    left join norms
        on
            contents.content_type = norms.content_type
            and {{ baseline_night_before('measured.night') }} = norms.night
)

select * from ind_content_clicks
