-- Grain: one row per piece of content, hour and night judged: how many acts the hour
-- holds beside the creator's same hour of the week before, and what the audience of the
-- 24 hours does, beside contents of the same kind.
with windows as (
    select * from {{ ref('int_content_windows') }}
    where {{ in_range('night') }} and content_id is not null
),

hours as (
    select * from {{ ref('int_content_hours') }}
    where night <= {{ to_night() }}
),

norms as (
    select * from {{ ref('int_content_norms') }}
    where night <= {{ to_night() }}
),

profiles as (
    {{ periods(ref('int_content_profiles'), 'content_id', within='windows') }}
),

looked_at as (
    select distinct
        creator_id,
        hour_at,
        night,
        unnest(list_transform(
            range(1, 9), lambda weeks: hour_at - weeks * interval 7 days
        )) as past_hour_at
    from windows
),

past_hours as (
    select
        looked_at.*,
        sum(hours.events) as events
    from looked_at
    inner join hours
        on
            looked_at.creator_id = hours.creator_id
            and looked_at.past_hour_at = hours.hour_at
            and looked_at.night >= hours.night
    group by all
),

pasts as (
    select
        creator_id,
        hour_at,
        night,
        sum(events) - max(events) as events
    from past_hours
    group by creator_id, hour_at, night
),

measured as (
    select
        windows.*,
        profiles.content_type,
        profiles.duration_ms,
        coalesce(pasts.events, 0) as past_events,
        -- weeks in which the creator could have been seen
        least(8, greatest(least(
            windows.creator_days,
            cast(windows.hour_at as date) - (select min(hours.night) from hours)
        ), 0) // 7) as past_weeks,
        {{ content_rates('windows', 'profiles.duration_ms', suffix='_24h') }}
    from windows
    left join pasts using (creator_id, hour_at, night)
    left join profiles
        on
            windows.content_id = profiles.content_id
            and windows.night >= profiles.night
            and windows.night < coalesce(profiles.until_night, date '9999-12-31')
),

ind_content_bursts as (
    select
        'content' as entity_type,
        measured.content_id as entity_id,
        measured.creator_id,
        measured.region,
        cast(null as varchar) as business_line,
        case
            when measured.creator_days is null then 'no_account'
            when measured.content_type is null then 'no_content'
            when measured.duration_ms is null then 'no_duration'
            when norms.night is null then 'no_baseline'
        end as missing_input,
        cast(7 * measured.past_weeks as integer) as history_days,
        measured.events_1h,
        cast(
            cast(measured.past_events as double) / nullif(measured.past_weeks - 1, 0)
            as decimal(18, 6)
        ) as usual_events_1h,
        measured.views_24h,
        measured.watch_ratio,
        norms.low_watch_ratio,
        measured.new_account_share,
        {{ robust_z(
            'cast(measured.click_log as double)', 'norms.median_click_log',
            'norms.click_log_median_deviation', 'norms.click_log_mean_deviation'
        ) }} as click_z,
        {{ robust_z(
            'cast(measured.new_account_share as double)',
            'norms.median_new_account_share',
            'norms.new_account_share_median_deviation',
            'norms.new_account_share_mean_deviation'
        ) }} as new_account_z,
        measured.night,
        measured.hour_at
    from measured
    left join norms
        on
            measured.content_type = norms.content_type
            and {{ baseline_night_before('measured.night') }} = norms.night
)

select * from ind_content_bursts
