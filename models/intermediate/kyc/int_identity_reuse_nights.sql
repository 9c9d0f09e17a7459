-- Grain: one row per two sellers that showed one identity, kind of identifier and night
-- on which that or either of the two became known or changed: whether they may be two
-- people, as of the night.
with all_reuses as (
    select * from {{ ref('int_identity_reuses') }}
    where night <= {{ to_night() }}
),

-- of two documents each may have shown one first: the earlier reuse says who was first
reuses as (
    select
        min_by(first_party, (night, first_event_at, identifier)) as first_party,
        min_by(party_key, (night, first_event_at, identifier)) as party_key,
        identifier_type,
        min(night) as known_from
    from all_reuses
    group by
        least(first_party, party_key), greatest(first_party, party_key),
        identifier_type
),

addresses as (
    select
        address_id,
        md5(concat_ws(
            '|', street_hash, country, {{ normalise_code('postcode') }}
        )) as place_hash,
        night
    from {{ ref('stg_addresses') }}
    where street_hash is not null and night <= {{ to_night() }}
),

sides as (
    select party_key from reuses
    union
    select first_party from reuses
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='sides') }}
),

parted as (
    select * from {{ ref('int_identity_decisions') }}
    where decision = 'part'
),

looked_at as (
    select * exclude (known_from), known_from as night from reuses
    where {{ in_range('known_from') }}
    union
    select reuses.* exclude (known_from), states.night
    from reuses
    inner join states on states.party_key in (reuses.party_key, reuses.first_party)
    where {{ in_range('states.night') }} and states.night >= reuses.known_from
),

int_identity_reuse_nights as (
    select
        looked_at.first_party,
        looked_at.party_key,
        first_states.region,
        first_states.business_line,
        looked_at.identifier_type,
        first_states.legal_name_hash != later_states.legal_name_hash
        and coalesce(first_places.place_hash != later_places.place_hash, true)
        and coalesce(
            first_states.tax_id_hash != later_states.tax_id_hash
            or first_states.owner_key != later_states.owner_key, true
        )
        and parted.party_a is null as is_conflict,
        looked_at.night,
        first_states.onboarded_at
    from looked_at
    inner join states as first_states
        on
            looked_at.first_party = first_states.party_key
            and looked_at.night >= first_states.night
            and looked_at.night
            < coalesce(first_states.until_night, date '9999-12-31')
    inner join states as later_states
        on
            looked_at.party_key = later_states.party_key
            and looked_at.night >= later_states.night
            and looked_at.night
            < coalesce(later_states.until_night, date '9999-12-31')
    left join addresses as first_places
        on
            first_states.registered_address_id = first_places.address_id
            and looked_at.night >= first_places.night
    left join addresses as later_places
        on
            later_states.registered_address_id = later_places.address_id
            and looked_at.night >= later_places.night
    left join parted
        on
            least(looked_at.first_party, looked_at.party_key) = parted.party_a
            and greatest(looked_at.first_party, looked_at.party_key) = parted.party_b
            and looked_at.night >= parted.valid_from
            and looked_at.night < parted.valid_to
)

select * from int_identity_reuse_nights
