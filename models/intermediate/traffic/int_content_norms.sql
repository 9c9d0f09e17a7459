-- Grain: one row per baseline night and kind of content: how people watch, click and
-- how new they are, over the contents of the last 28 days that were seen enough: the
-- lowest twentieth of what is watched, and the middle and spread of the rest.
with all_nights as (
    {{ baseline_nights() }}
),

nights as (
    select
        *,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from all_nights
),

policy as (
    {{ policy_in_force('TRF-03', ['min_peer_views', 'min_peers']) }}
),

baselines as (
    select
        nights.night,
        policy.min_peer_views,
        policy.min_peers
    from nights
    inner join policy on {{ policy_applies('nights') }}
),

hours as (
    select * from {{ ref('int_content_hours') }}
    where
        night <= {{ to_night() }}
        and event_date > {{ from_night() }} - 28
        and content_id is not null
),

profiles as (
    {{ periods(ref('int_content_profiles'), 'content_id', within='hours') }}
),

month as (
    select
        baselines.night,
        hours.content_id,
        min(baselines.min_peers) as min_peers,
        sum(hours.views) as views,
        sum(hours.watch_ms) as watch_ms,
        sum(hours.product_clicks) as product_clicks,
        sum(hours.new_account_7d_events) as new_account_7d_events,
        sum(hours.known_account_events) as known_account_events
    from baselines
    inner join hours
        on
            baselines.night >= hours.night
            and baselines.night >= hours.event_date
            and baselines.night < hours.event_date + 28
    group by baselines.night, hours.content_id, baselines.min_peer_views
    having sum(hours.views) >= baselines.min_peer_views
),

measured as (
    select
        month.night,
        month.min_peers,
        profiles.content_type,
        {{ content_rates('month', 'profiles.duration_ms') }}
    from month
    inner join profiles
        on
            month.content_id = profiles.content_id
            and month.night >= profiles.night
            and month.night < coalesce(profiles.until_night, date '9999-12-31')
),

middles as (
    select
        *,
        cast(median(click_log) over kind as decimal(12, 6)) as median_click_log,
        cast(median(new_account_share) over kind as decimal(12, 6))
            as median_new_account_share
    from measured
    window kind as (partition by night, content_type)
),

int_content_norms as (
    select
        content_type,
        count(*) as contents,
        quantile_disc(watch_ratio, 0.05) as low_watch_ratio,
        {% for measure in ['click_log', 'new_account_share'] %}
            min(median_{{ measure }}) as median_{{ measure }},
            cast(median(abs({{ measure }} - median_{{ measure }})) as decimal(12, 6))
                as {{ measure }}_median_deviation,
            cast(
                sum(abs({{ measure }} - median_{{ measure }})) / count({{ measure }})
                as decimal(12, 6)
            ) as {{ measure }}_mean_deviation,
        {% endfor %}
        night
    from middles
    group by content_type, night
    having count(*) >= min(min_peers)
)

select * from int_content_norms
