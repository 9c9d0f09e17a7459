-- Grain: one row per creator, content (null: all of it), hour and night judged: the 24
-- clock hours that end with the hour. A night judges every window that holds an act
-- which arrived that night, from what had arrived by then.
{%- set measures = [
    'events', 'views', 'product_clicks', 'watch_ms', 'hosting_events',
    'emulator_events', 'device_events', 'known_account_events',
    'new_account_7d_events'
] %}
with content_hours as (
    select * from {{ ref('int_content_hours') }}
    where night <= {{ to_night() }}
),

hours as (
    select * from content_hours
    where content_id is not null
    union all
    select * replace (cast(null as varchar) as content_id)
    from content_hours
),

touched_dates as (
    select distinct
        hours.creator_id,
        hours.content_id,
        hours.night,
        hours.event_date + reach.days as event_date
    from hours
    cross join (values (-1), (0), (1)) as reach (days)
    where {{ in_range('hours.night') }}
),

known_hours as (
    select
        hours.creator_id,
        hours.content_id,
        {% for measure in measures %}
            sum(hours.{{ measure }}) as {{ measure }},
        {% endfor %}
        bool_or(hours.night = touched_dates.night) as is_new,
        touched_dates.night,
        hours.hour_at
    from touched_dates
    inner join hours
        on
            touched_dates.creator_id = hours.creator_id
            and touched_dates.content_id is not distinct from hours.content_id
            and touched_dates.event_date = hours.event_date
            and touched_dates.night >= hours.night
    group by
        hours.creator_id, hours.content_id, touched_dates.night, hours.hour_at
),

windows as (
    select
        creator_id,
        content_id,
        {% for measure in measures %}
            cast(sum({{ measure }}) over last_day as bigint) as {{ measure }}_24h,
        {% endfor %}
        events as events_1h,
        bool_or(is_new) over last_day as has_new,
        night,
        hour_at,
        min(hour_at) over last_day as first_hour_at
    from known_hours
    window last_day as (
        partition by creator_id, content_id, night
        order by hour_at
        range between interval 23 hours preceding and current row
    )
),

profiles as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='windows') }}
),

int_content_windows as (
    select
        windows.* exclude (has_new, night, hour_at, first_hour_at),
        profiles.region,
        cast(windows.night - profiles.onboarded_on as integer) as creator_days,
        windows.night,
        windows.hour_at,
        windows.first_hour_at
    from windows
    left join profiles
        on
            windows.creator_id = profiles.creator_id
            and windows.night >= profiles.night
            and windows.night < coalesce(profiles.until_night, date '9999-12-31')
    where windows.has_new
)

select * from int_content_windows
