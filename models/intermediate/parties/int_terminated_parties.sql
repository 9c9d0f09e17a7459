-- Grain: one row per party and night on which it came to be, or no longer was, thrown
-- off the platform: terminated for good by a measure that stands, or by its status.
with all_actions as (
    select *, target_type || ':' || target_id as party_key
    from {{ ref('stg_enforcement_actions') }}
    where
        target_type in ('user', 'seller', 'creator')
        and action = 'terminate'
        and night <= {{ to_night() }}
),

states as (
    select * from {{ ref('int_party_states') }}
    where night <= {{ to_night() }}
),

terminated_states as (
    select party_key from states
    where status = 'terminated'
),

touched as (
    select party_key from all_actions
    where {{ in_range('night') }}
    union
    select party_key from states
    where
        {{ in_range('night') }}
        and party_key in (select terminated_states.party_key from terminated_states)
),

nights as (
    select party_key, night from all_actions
    where party_key in (select touched.party_key from touched)
    union
    select party_key, night from states
    where party_key in (select touched.party_key from touched)
),

actions as (
    select
        nights.party_key,
        nights.night,
        all_actions.started_at,
        all_actions.appeal_outcome,
        all_actions.ended_at
    from nights
    inner join all_actions
        on
            nights.party_key = all_actions.party_key
            and nights.night >= all_actions.night
    qualify row_number() over (
            partition by nights.party_key, nights.night, all_actions.action_id
            order by all_actions.record_seq desc
        ) = 1
),

-- what is overturned, or was given an end, is no termination
standing as (
    select
        party_key,
        night,
        min(started_at) as started_at
    from actions
    where ended_at is null and coalesce(appeal_outcome, '') != 'overturned'
    group by party_key, night
),

known as (
    select
        nights.party_key,
        nights.night,
        max_by(states.status, states.night) = 'terminated' as has_status,
        min(states.night) filter (where states.status = 'terminated') as status_night
    from nights
    left join states
        on nights.party_key = states.party_key and nights.night >= states.night
    group by nights.party_key, nights.night
),

judged as (
    select
        known.party_key,
        coalesce(known.has_status, false)
        or standing.started_at is not null as is_terminated,
        coalesce(standing.started_at, cast(known.status_night as timestamp))
            as terminated_at,
        known.night
    from known
    left join standing
        on known.party_key = standing.party_key and known.night = standing.night
),

changes as (
    select * from judged
    qualify
        is_terminated
        != lag(is_terminated, 1, false) over (partition by party_key order by night)
),

int_terminated_parties as (
    select
        party_key,
        is_terminated,
        night,
        terminated_at
    from changes
    where {{ in_range('night') }}
)

select * from int_terminated_parties
