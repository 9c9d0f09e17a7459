-- Grain: one row per network, sign-up and night judged: the 60 minutes that end with
-- the sign-up. A night judges every window that holds a sign-up which became known that
-- night, from what was known by then.
with signups as (
    select
        *,
        date_trunc('hour', created_at) as hour_at
    from {{ ref('int_signup_networks') }}
    where night <= {{ to_night() }}
),

touched_hours as (
    select distinct
        signups.network_type,
        signups.network_id,
        signups.night,
        signups.hour_at + reach.hours * interval 1 hour as hour_at
    from signups
    cross join (values (-1), (0), (1)) as reach (hours)
    where {{ in_range('signups.night') }}
),

in_reach as (
    select
        signups.*,
        touched_hours.night as judged_night
    from touched_hours
    inner join signups
        on
            touched_hours.network_type = signups.network_type
            and touched_hours.network_id = signups.network_id
            and touched_hours.hour_at = signups.hour_at
            and touched_hours.night >= signups.night
),

-- the frame holds (t - 60 minutes, t]
windows as (
    select
        network_type,
        network_id,
        user_id,
        min(region) over last_hour as first_region,
        max(region) over last_hour as last_region,
        count(*) over last_hour as signups,
        count(*) filter (where night = judged_night) over last_hour as new_signups,
        judged_night as night,
        min(created_at) over last_hour as first_event_at,
        created_at as last_event_at
    from in_reach
    window last_hour as (
        partition by network_type, network_id, judged_night
        order by created_at
        range between interval 3599999999 microseconds preceding and current row
    )
),

int_signup_windows as (
    select
        network_type,
        network_id,
        user_id,
        case when first_region = last_region then first_region end as region,
        signups,
        night,
        first_event_at,
        last_event_at
    from windows
    where new_signups > 0
)

select * from int_signup_windows
