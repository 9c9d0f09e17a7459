-- Grain: one row per device or network, user that signed up on it, and night on which a
-- sign-up there or a first order of one of its new users arrived: the sign-ups of its
-- last 120 days as known that night.
with signups as (
    select
        unnest([
            { source_type: 'device', source_id: device_id },
            { source_type: 'ip_prefix', source_id: ip_prefix_hash }
        ], recursive := true),
        user_id,
        region,
        night,
        created_at
    from {{ ref('int_signups') }}
    where
        coalesce(account_type, 'personal') not in ('employee', 'test')
        and night <= {{ to_night() }}
),

looked_at as (
    select source_type, source_id, night from signups
    where {{ in_range('night') }}
    union
    select signups.source_type, signups.source_id, events.night
    from {{ ref('int_new_user_events') }} as events
    inner join signups on events.user_id = signups.user_id
    where {{ in_range('events.night') }} and events.night >= signups.night
),

int_signup_sources as (
    select
        looked_at.source_type,
        looked_at.source_id,
        signups.user_id,
        signups.region,
        cast(signups.created_at as date) > looked_at.night - 30 as is_in_window,
        looked_at.night,
        signups.created_at
    from looked_at
    inner join signups
        on
            looked_at.source_type = signups.source_type
            and looked_at.source_id = signups.source_id
            and looked_at.night >= signups.night
    where
        signups.source_id is not null
        and cast(signups.created_at as date) > looked_at.night - 120
    qualify
        count(*) filter (
            where cast(signups.created_at as date) > looked_at.night - 30
        ) over (
            partition by
                looked_at.source_type, looked_at.source_id, looked_at.night
        ) > 1
)

select * from int_signup_sources
