-- Identity files handed in by a party, with the decision once there is one.
-- Grain: one row per version of a submission, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('kyc_submissions') }}
),
delivered as (
    {{ first_delivery('landed', ['submission_id', 'record_seq'], 'submitted_at') }}
),
stg_kyc_submissions as (
    select
        submission_id,
        party_id,
        device_id,
        address_id,
        party_type,
        {{ hash_pii(normalise_ip('ip'), 'ip') }} as ip_hash,
        {{ hash_pii(ip_prefix('ip'), 'ip_prefix') }} as ip_prefix_hash,
        {{ hash_pii(normalise_name('declared_name'), 'name') }} as declared_name_hash,
        {{ hash_pii('date_of_birth', 'date_of_birth') }} as date_of_birth_hash,
        {{ hash_pii(normalise_id('tax_id'), 'tax_id') }} as tax_id_hash,
        outcome,
        record_seq,
        attempt_no,
        night,
        submitted_at,
        decided_at,
        ingested_at
    from delivered
)
select * from stg_kyc_submissions
