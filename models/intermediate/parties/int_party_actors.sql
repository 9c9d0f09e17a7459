-- Grain: one row per party and account that acts for it: itself, and the user who owns
-- a store or creator page; on the night this was first known.
with states as (
    select * from {{ ref('int_party_states') }}
    where
        night <= {{ to_night() }}
        and {{ touched('party_key', ref('int_party_states')) }}
),

pairs as (
    select
        party_key,
        party_key as actor_key,
        night
    from states
    union all
    select
        party_key,
        owner_key as actor_key,
        night
    from states
    where owner_key is not null
),

int_party_actors as (
    select
        party_key,
        actor_key,
        min(night) as night
    from pairs
    group by party_key, actor_key
    having {{ in_range('min(night)') }}
)

select * from int_party_actors
