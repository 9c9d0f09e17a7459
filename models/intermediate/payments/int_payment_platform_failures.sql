-- Grain: one row per hour and night that judges it. How far the platform as a whole
-- failed to take payments in the hour or the one before (the worse of the two), against
-- its own past: a gateway outage is nobody's fraud.
with hours as (
    select * from {{ ref('int_payment_platform_hours') }}
    where night <= {{ to_night() }}
),

baselines as (
    select * from {{ ref('int_payment_platform_baselines') }}
    where {{ in_range('night') }}
),

judged_hours as (
    select distinct
        hours.hour_at + reach.hours * interval 1 hour as hour_at,
        hours.night
    from hours
    cross join (values (0), (1)) as reach (hours)
    where {{ in_range('hours.night') }}
),

known_hours as (
    select
        judged_hours.hour_at,
        judged_hours.night,
        hours.hour_at as failed_hour_at,
        max_by(hours.networks, hours.night) as networks,
        max_by(hours.failed_networks, hours.night) as failed_networks
    from judged_hours
    cross join (values (0), (1)) as reach (hours_ago)
    inner join hours
        on
            judged_hours.hour_at - reach.hours_ago * interval 1 hour = hours.hour_at
            and judged_hours.night >= hours.night
    group by judged_hours.hour_at, judged_hours.night, hours.hour_at
),

worse_hours as (
    select
        *,
        cast(failed_networks / nullif(networks, 0) as decimal(9, 6)) as failed_share
    from known_hours
    qualify
        row_number() over (
            partition by hour_at, night
            order by failed_networks desc, failed_hour_at desc
        ) = 1
),

int_payment_platform_failures as (
    select
        coalesce(baselines.history_days, 0) as history_days,
        worse_hours.networks,
        worse_hours.failed_networks,
        worse_hours.failed_share,
        cast({{ robust_z(
            'worse_hours.failed_share',
            'baselines.median_failed_share',
            'baselines.median_deviation',
            'baselines.mean_deviation'
        ) }} as decimal(18, 6)) as failed_share_z,
        worse_hours.night,
        worse_hours.hour_at
    from worse_hours
    left join baselines
        on
            cast(worse_hours.hour_at as date) = baselines.event_date
            and worse_hours.night = baselines.night
)

select * from int_payment_platform_failures
