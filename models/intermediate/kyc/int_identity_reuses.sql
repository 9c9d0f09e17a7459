-- Grain: one row per document, face or tax id, seller that showed it and one of the
-- first sellers that had shown it before: from the night both were known.
with held as (
    select
        party_key,
        identifier_type,
        identifier,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line,
        night,
        first_event_at
    from {{ ref('int_identifier_places') }}
    where
        party_type = 'seller'
        and identifier_type in ('document', 'face', 'tax_id')
        and night <= {{ to_night() }}
),

policy as (
    {{ policy_in_force('KYC-01', ['max_compared_sellers']) }}
),

newly_held as (
    select distinct identifier_type, identifier
    from held
    where {{ in_range('night') }}
),

ordered as (
    select
        held.*,
        row_number() over (
            partition by held.identifier_type, held.identifier
            order by held.night, held.first_event_at, held.party_key
        ) as place
    from held
    inner join newly_held
        on
            held.identifier_type = newly_held.identifier_type
            and held.identifier = newly_held.identifier
),

later_sellers as (
    select
        ordered.*,
        policy.max_compared_sellers
    from ordered
    inner join policy on {{ policy_applies('ordered') }}
    where {{ in_range('ordered.night') }}
),

int_identity_reuses as (
    select
        earlier.party_key as first_party,
        later_sellers.party_key,
        later_sellers.identifier_type,
        later_sellers.identifier,
        later_sellers.night,
        later_sellers.first_event_at
    from later_sellers
    inner join ordered as earlier
        on
            later_sellers.identifier_type = earlier.identifier_type
            and later_sellers.identifier = earlier.identifier
            and later_sellers.place > earlier.place
            and later_sellers.max_compared_sellers >= earlier.place
)

select * from int_identity_reuses
