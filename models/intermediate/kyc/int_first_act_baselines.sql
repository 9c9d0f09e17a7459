-- Grain: one row per region (and all) and baseline night: how soon the quickest of a
-- hundred new users order or redeem for the first time.
with nights as (
    {{ baseline_nights() }}
),

signups as (
    select * from {{ ref('int_signups') }}
    where night <= {{ to_night() }}
),

events as (
    select * from {{ ref('int_new_user_events') }}
    where night <= {{ to_night() }}
),

first_acts as (
    select
        signups.user_id,
        signups.region,
        signups.device_id,
        signups.ip_prefix_hash,
        cast(signups.created_at as date) as created_on,
        min(events.seconds_since_signup) as seconds_to_act,
        nights.night
    from nights
    inner join signups
        on
            nights.night >= signups.night
            and cast(signups.created_at as date) > nights.night - 180
    inner join events
        on signups.user_id = events.user_id and nights.night >= events.night
    group by
        signups.user_id, signups.region, signups.device_id, signups.ip_prefix_hash,
        signups.created_at, nights.night
),

shared_devices as (
    select nights.night, signups.device_id
    from nights
    inner join signups on nights.night >= signups.night
    where signups.device_id is not null
    group by nights.night, signups.device_id
    having count(*) > 1
),

busy_networks as (
    select
        nights.night,
        signups.ip_prefix_hash,
        cast(signups.created_at as date) as created_on
    from nights
    inner join signups on nights.night >= signups.night
    where signups.ip_prefix_hash is not null
    group by nights.night, signups.ip_prefix_hash, cast(signups.created_at as date)
    having count(*) > 2
),

-- accounts made in series must not set the measure they are judged by
alone as (
    select first_acts.*
    from first_acts
    anti join shared_devices
        on
            first_acts.night = shared_devices.night
            and first_acts.device_id = shared_devices.device_id
    anti join busy_networks
        on
            first_acts.night = busy_networks.night
            and first_acts.ip_prefix_hash = busy_networks.ip_prefix_hash
            and first_acts.created_on = busy_networks.created_on
),

grouped as (
    select region, seconds_to_act, night from alone
    union all
    select 'all' as region, seconds_to_act, night from alone
),

int_first_act_baselines as (
    select
        region,
        count(*) as users,
        quantile_disc(seconds_to_act, 0.01) as p1_seconds,
        night
    from grouped
    group by region, night
)

select * from int_first_act_baselines
