-- Grain: one row per party and identifier, on the night the party first held it: as
-- which of its holders it came. Later holders never change an earlier one's place.
with holdings as (
    select * from {{ ref('int_party_identifiers') }}
    where is_held and night <= {{ to_night() }}
),

touched_identifiers as (
    select distinct
        identifier_type,
        identifier
    from holdings
    where {{ in_range('night') }}
),

arrivals as (
    select
        party_key,
        party_type,
        party_id,
        identifier_type,
        identifier,
        min_by(first_event_at, night) as first_event_at,
        min(night) as night
    from holdings
    inner join touched_identifiers using (identifier_type, identifier)
    group by all
),

int_identifier_places as (
    select
        party_key,
        party_type,
        party_id,
        identifier_type,
        identifier,
        row_number() over (
            partition by identifier_type, identifier
            order by night, first_event_at, party_key
        ) as place,
        night,
        first_event_at
    from arrivals
    qualify {{ in_range('night') }}
)

select * from int_identifier_places
