-- Single verifications run on an identity file, by us or a vendor.
-- Grain: one row per check, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('kyc_checks') }}
),
delivered as (
    {{ first_delivery('landed', ['check_id'], 'checked_at') }}
),
stg_kyc_checks as (
    select
        check_id,
        submission_id,
        face_cluster_id,
        check_type,
        document_type,
        document_country,
        {{ hash_pii(
            normalise_id('document_number'), 'document'
        ) }} as document_number_hash,
        capture_source,
        result,
        document_image_phash,
        score,
        night,
        checked_at,
        ingested_at
    from delivered
)
select * from stg_kyc_checks
