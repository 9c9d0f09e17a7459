-- Merchants, from private persons to cross-border companies, with what they declared
-- about themselves.
-- Grain: one row per version of a seller, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('sellers') }}
),
delivered as (
    {{ first_delivery('landed', ['seller_id', 'record_seq'], 'onboarded_at') }}
),
stg_sellers as (
    select
        seller_id,
        owner_user_id,
        registered_address_id,
        warehouse_address_id,
        seller_type,
        {{ hash_pii(normalise_name('legal_name'), 'name') }} as legal_name_hash,
        {{ hash_pii(normalise_name('trade_name'), 'name') }} as trade_name_hash,
        {{ hash_pii(normalise_id('tax_id'), 'tax_id') }} as tax_id_hash,
        trade_register_no,
        {{ hash_pii(normalise_email('contact_email'), 'email') }} as contact_email_hash,
        {{ hash_pii(
            normalise_phone('contact_phone', 'coalesce(country, region)'), 'phone'
        ) }} as contact_phone_hash,
        country,
        region,
        business_line,
        category_l1,
        status,
        record_seq,
        night,
        onboarded_at,
        probation_until,
        self_certified_at,
        inform_certified_at,
        ingested_at
    from delivered
)
select * from stg_sellers
