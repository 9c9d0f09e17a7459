-- Grain: one row per network, sign-up and night judged: the 60 minutes that end with
-- the sign-up, beside the network's own 90 days before that day (KY07).
with windows as (
    select *, cast(last_event_at as date) as event_date
    from {{ ref('int_signup_windows') }}
    where {{ in_range('night') }}
),

signups_daily as (
    select
        network_type,
        network_id,
        night,
        cast(created_at as date) as event_date,
        count(*) as signups
    from {{ ref('int_signup_networks') }}
    where night <= {{ to_night() }}
    group by network_type, network_id, night, cast(created_at as date)
),

judged_days as (
    select distinct network_type, network_id, event_date, night from windows
),

-- the day itself is left out: a burst that lasts is not its own past
own_past as (
    select
        judged_days.network_type,
        judged_days.network_id,
        judged_days.event_date,
        judged_days.night,
        sum(signups_daily.signups) as signups_90d
    from judged_days
    inner join signups_daily
        on
            judged_days.network_type = signups_daily.network_type
            and judged_days.network_id = signups_daily.network_id
            and signups_daily.event_date
            between judged_days.event_date - 90 and judged_days.event_date - 1
            and judged_days.night >= signups_daily.night
    group by all
),

platform as (
    select night, min(min(event_date)) over (order by night) as first_date
    from signups_daily
    group by night
),

counted as (
    select
        windows.*,
        cast(coalesce(own_past.signups_90d, 0) as integer) as signups_90d,
        cast(least(windows.event_date - platform.first_date, 90) as integer)
            as history_days
    from windows
    inner join platform on windows.night = platform.night
    left join own_past
        on
            windows.network_type = own_past.network_type
            and windows.network_id = own_past.network_id
            and windows.event_date = own_past.event_date
            and windows.night = own_past.night
),

-- one sign-up and one day more than there were, so that a new network has a rate too
rated as (
    select *, (signups_90d + 1) / (24 * (history_days + 1)) as usual_signups
    from counted
),

ind_signup_bursts as (
    select
        network_type as entity_type,
        network_id as entity_id,
        user_id,
        region,
        cast(null as varchar) as business_line,
        cast(null as varchar) as missing_input,
        history_days,
        cast(signups as integer) as signups_1h,
        signups_90d,
        cast(usual_signups as decimal(12, 6)) as usual_signups_per_hour,
        {{ poisson_surprise('signups', 'usual_signups') }} as surprise,
        night,
        first_event_at,
        last_event_at
    from rated
)

select * from ind_signup_bursts
