-- Grain: one row per hour and night on which an attempt of that hour arrived. How many
-- networks tried to pay and how many mostly failed, as known that night. A network
-- counts once, so that one hammering source cannot look like an outage.
with attempts as (
    select
        *,
        date_trunc('hour', attempted_at) as hour_at
    from {{ ref('int_payment_attempts') }}
    where night <= {{ to_night() }}
),

touched_hours as (
    select distinct
        hour_at,
        night
    from attempts
    where {{ in_range('night') }}
),

networks as (
    select
        touched_hours.hour_at,
        touched_hours.night,
        attempts.network,
        count(*) filter (where attempts.result = 'approved') as approvals,
        count(*) as attempts
    from touched_hours
    inner join attempts
        on
            touched_hours.hour_at = attempts.hour_at
            and touched_hours.night >= attempts.night
    group by touched_hours.hour_at, touched_hours.night, attempts.network
),

int_payment_platform_hours as (
    select
        count(network) as networks,
        count(network) filter (where 2 * approvals < attempts) as failed_networks,
        night,
        hour_at
    from networks
    group by hour_at, night
)

select * from int_payment_platform_hours
