-- Grain: one row per party, identifier and night on which the party began to hold what
-- it was seen with, or had not been seen with it for as many nights as policy allows.
with all_sightings as (
    select
        sightings.*,
        coalesce(
            sightings.night + policy.held_days, date '9999-12-30'
        ) as held_until
    from {{ ref('int_identifier_sightings') }} as sightings
    inner join {{ ref('int_policy_identity') }} as policy
        on
            sightings.identifier_type = policy.identifier_type
            and sightings.night >= policy.valid_from
            and sightings.night < policy.valid_to
    where sightings.night <= {{ to_night() }}
),

parties as (
    select
        party_key,
        night
    from {{ ref('int_parties') }}
    where night <= {{ to_night() }}
),

touched_pairs as (
    select distinct
        party_key,
        identifier_type,
        identifier
    from all_sightings
    where
        {{ in_range('night') }}
        or {{ in_range('held_until + 1') }}
        or {{ touched('party_key', ref('int_parties')) }}
),

-- what is seen of a party before it is known counts from the night it is
sightings as (
    select
        all_sightings.party_key,
        all_sightings.party_type,
        all_sightings.party_id,
        all_sightings.identifier_type,
        all_sightings.identifier,
        greatest(all_sightings.night, parties.night) as night,
        max(all_sightings.held_until) as held_until,
        min(all_sightings.first_event_at) as first_event_at
    from all_sightings
    inner join parties on all_sightings.party_key = parties.party_key
    inner join touched_pairs
        on
            all_sightings.party_key = touched_pairs.party_key
            and all_sightings.identifier_type = touched_pairs.identifier_type
            and all_sightings.identifier = touched_pairs.identifier
    where all_sightings.held_until >= parties.night
    group by all
),

spans as (
    select
        *,
        max(held_until) over (
            by_pair rows between unbounded preceding and 1 preceding
        ) as held_before,
        max(held_until) over (
            by_pair rows between unbounded preceding and current row
        ) as held_so_far,
        lead(night) over by_pair as next_night
    from sightings
    window by_pair as (
        partition by party_key, identifier_type, identifier order by night
    )
),

changes as (
    select
        *,
        true as is_held
    from spans
    where held_before is null or night > held_before + 1
    union all by name
    select
        * replace (held_so_far + 1 as night),
        false as is_held
    from spans
    where
        held_so_far < date '9999-12-30'
        and (next_night is null or next_night > held_so_far + 1)
),

int_sighting_holdings as (
    select
        party_key,
        party_type,
        party_id,
        identifier_type,
        identifier,
        is_held,
        night,
        first_event_at
    from changes
    where {{ in_range('night') }}
)

select * from int_sighting_holdings
