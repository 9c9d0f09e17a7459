-- Grain: one row per creator and night that fired: a crowd that lives in data centres
-- or emulators, on devices with too many accounts.
with traffic as (
    select * from {{ ref('ind_creator_infrastructure') }}
    where {{ in_range('night') }} and missing_input is null
),

events as (
    select * from {{ ref('stg_engagement_events') }}
    where night <= {{ to_night() }}
),

farm_devices as (
    select * from {{ ref('int_farm_devices') }}
    where {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('TRF-04', [
        'min_history_days', 'min_events', 'min_hosting_share', 'min_emulator_share',
        'min_people_per_device',
    ]) }}
),

-- the busiest window speaks for the night
fired as (
    select
        traffic.*,
        traffic.entity_id as creator_id,
        policy.* exclude (policy.region, policy.business_line),
        case
            when traffic.hosting_share >= policy.min_hosting_share
                then 'hosted_traffic'
            when traffic.emulator_share >= policy.min_emulator_share
                then 'emulated_devices'
        end as reason_code
    from traffic
    inner join policy on {{ policy_applies('traffic') }}
    where
        reason_code is not null
        and traffic.history_days >= policy.min_history_days
        and traffic.events_24h >= policy.min_events
        and traffic.people_per_device_p95 >= policy.min_people_per_device
    qualify
        row_number() over (
            partition by traffic.entity_id, traffic.night
            order by
                traffic.events_24h desc, traffic.hour_at desc, traffic.content_id asc
        ) = 1
),

-- who acted from the devices that hold many accounts
acts as (
    select
        fired.creator_id,
        fired.night,
        events.content_id,
        case
            when farm_devices.people_30d >= fired.min_people_per_device
                then events.actor_user_id
        end as user_id,
        events.occurred_at
    from fired
    inner join events
        on
            fired.creator_id = events.creator_id
            and fired.night >= events.night
            and fired.first_hour_at <= events.occurred_at
            and fired.hour_at + interval 1 hour > events.occurred_at
    left join farm_devices
        on
            fired.creator_id = farm_devices.creator_id
            and fired.content_id is not distinct from farm_devices.content_id
            and fired.night = farm_devices.night
            and fired.hour_at = farm_devices.hour_at
            and events.device_id = farm_devices.device_id
    where coalesce(fired.content_id = events.content_id, fired.content_id is null)
),

behind as (
    select
        creator_id,
        night,
        list_concat(
            {{ capped_objects('content', 'content_id') }},
            {{ capped_objects('user', 'user_id') }}
        ) as objects,
        min(occurred_at) as first_event_at,
        max(occurred_at) as last_event_at
    from acts
    group by creator_id, night
),

stakes as (
    {{ award_stakes('fired') }}
),

judged as (
    select
        fired.*,
        list_prepend('creator:' || fired.creator_id, behind.objects)
            as evidence_objects,
        stakes.unpaid_audience_usd as amount_at_stake_usd,
        behind.first_event_at,
        behind.last_event_at
    from fired
    inner join behind using (creator_id, night)
    inner join stakes using (creator_id, night)
),

det_farm_infrastructure as (
    {{ detection_fires('judged', 'TRF-04', evidence={
        'content_id': none, 'events_24h': 'min_events',
        'hosting_share': 'min_hosting_share', 'emulator_share': 'min_emulator_share',
        'devices_24h': none, 'people_per_device_p95': 'min_people_per_device',
    }) }}
)

select * from det_farm_infrastructure
