-- Grain: one row per party, identifier and night on which a row arrived that shows the
-- party with it. Declined payments and refused logins show nothing: a stranger can try.
{% set sightings = [
    ('stg_payout_accounts', 'party', 'bank_account', 'account_number_hash', 'added_at'),
    ('stg_payout_accounts', 'party', 'name', 'holder_name_hash', 'added_at'),
    ('stg_payout_accounts', 'party', 'device', 'added_device_id', 'added_at'),
    ('approvals', 'user', 'bank_account', 'funding_account_number_hash', 'attempted_at'),
    ('approvals', 'user', 'instrument', 'instrument_fingerprint', 'attempted_at'),
    ('stg_kyc_submissions', 'party', 'tax_id', 'tax_id_hash', 'submitted_at'),
    ('stg_kyc_submissions', 'party', 'name', 'declared_name_hash', 'submitted_at'),
    ('stg_kyc_submissions', 'party', 'ip_prefix', 'ip_prefix_hash', 'submitted_at'),
    ('stg_kyc_submissions', 'party', 'device', 'device_id', 'submitted_at'),
    ('checks', 'party', 'document', 'document_number_hash', 'checked_at'),
    ('checks', 'party', 'face', 'face_cluster_id', 'checked_at'),
    ('stg_sellers', 'seller', 'tax_id', 'tax_id_hash', 'onboarded_at'),
    ('stg_sellers', 'seller', 'trade_register', 'trade_register_no', 'onboarded_at'),
    ('stg_sellers', 'seller', 'name', 'legal_name_hash', 'onboarded_at'),
    ('stg_users', 'user', 'ip_prefix', 'signup_ip_prefix_hash', 'created_at'),
    ('stg_users', 'user', 'device', 'signup_device_id', 'created_at'),
    ('logins', 'user', 'device', 'device_id', 'started_at'),
    ('orders', 'user', 'device', 'device_id', 'placed_at'),
    ('homes', 'party', 'street', 'home_hash', 'added_at'),
] %}
with approvals as (
    select * from {{ ref('stg_payment_attempts') }}
    where result = 'approved' and {{ in_range('night') }}
),

logins as (
    select * from {{ ref('stg_sessions') }}
    where coalesce(login_result, 'success') = 'success' and {{ in_range('night') }}
),

orders as (
    select
        *,
        buyer_user_id as user_id
    from {{ ref('stg_orders') }}
    where {{ in_range('night') }}
),

-- a locker, a forwarder or a warehouse is nobody's address
homes as (
    select
        *,
        md5(concat_ws(
            '|',
            street_hash,
            country,
            coalesce({{ normalise_code('postcode') }}, {{ normalise_text('city') }})
        )) as home_hash
    from {{ ref('stg_addresses') }}
    where
        street_hash is not null
        and coalesce(address_type, 'unknown')
        not in ('locker', 'forwarder', 'warehouse')
        and {{ in_range('night') }}
),

submissions as (
    select
        submission_id,
        min_by(party_type, record_seq) as party_type,
        min_by(party_id, record_seq) as party_id,
        min(night) as night
    from {{ ref('stg_kyc_submissions') }}
    where night <= {{ to_night() }}
    group by submission_id
),

checks as (
    select
        all_checks.* exclude (night),
        submissions.party_type,
        submissions.party_id,
        greatest(all_checks.night, submissions.night) as night
    from {{ ref('stg_kyc_checks') }} as all_checks
    inner join submissions on all_checks.submission_id = submissions.submission_id
    where {{ in_range('greatest(all_checks.night, submissions.night)') }}
),

seen as (
    {{ sighting_rows(sightings) }}
),

int_identifier_sightings as (
    select
        party_type || ':' || party_id as party_key,
        party_type,
        party_id,
        identifier_type,
        identifier,
        night,
        min(first_event_at) as first_event_at
    from seen
    where party_id is not null
    group by party_type, party_id, identifier_type, identifier, night
)

select * from int_identifier_sightings
