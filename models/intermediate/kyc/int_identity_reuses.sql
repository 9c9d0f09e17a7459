-- Grain: one row per document, face or tax id and seller that showed it after another
-- seller had: from the night both were known.
with held as (
    select
        party_key,
        identifier_type,
        identifier,
        night,
        first_event_at
    from {{ ref('int_identifier_places') }}
    where
        party_type = 'seller'
        and identifier_type in ('document', 'face', 'tax_id')
        and night <= {{ to_night() }}
),

newly_held as (
    select distinct identifier_type, identifier
    from held
    where {{ in_range('night') }}
),

ordered as (
    select
        held.*,
        first_value(held.party_key) over by_arrival as first_party
    from held
    inner join newly_held
        on
            held.identifier_type = newly_held.identifier_type
            and held.identifier = newly_held.identifier
    window by_arrival as (
        partition by held.identifier_type, held.identifier
        order by held.night, held.first_event_at, held.party_key
    )
),

int_identity_reuses as (
    select
        first_party,
        party_key,
        identifier_type,
        identifier,
        night,
        first_event_at
    from ordered
    where first_party != party_key and {{ in_range('night') }}
)

select * from int_identity_reuses
