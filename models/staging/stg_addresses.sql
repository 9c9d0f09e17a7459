-- Postal addresses entered by a party, for delivery, registration or a warehouse.
-- Grain: one row per address, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('addresses') }}
),
delivered as (
    {{ first_delivery('landed', ['address_id'], 'added_at') }}
),
stg_addresses as (
    select
        address_id,
        party_id,
        party_type,
        country,
        city,
        postcode,
        {{ hash_pii(
            normalise_street('street', 'country'), 'street'
        ) }} as street_hash,
        {{ hash_pii("lower(trim(street))", 'street_raw') }} as street_raw_hash,
        {{ hash_pii(
            normalise_building('street', 'country'), 'street_building'
        ) }} as street_building_hash,
        {{ hash_pii('lower(geohash7)', 'geohash') }} as geohash7_hash,
        address_type,
        {{ hash_pii(normalise_name('recipient_name'), 'name') }} as recipient_name_hash,
        {{ hash_pii(
            normalise_phone('recipient_phone', 'country'), 'phone'
        ) }} as recipient_phone_hash,
        night,
        added_at,
        ingested_at
    from delivered
)
select * from stg_addresses
