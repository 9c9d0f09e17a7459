-- Grain: one row per party, identifier and night on which a row arrived that shows the
-- party with it. Declined payments and refused logins show nothing: a stranger can try.
-- docs/identity.md says which columns are read, and which not.
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
    ('checks', 'party', 'document', 'document_hash', 'checked_at'),
    ('checks', 'party', 'face', 'face_cluster_id', 'checked_at'),
    ('stg_sellers', 'seller', 'tax_id', 'tax_id_hash', 'onboarded_at'),
    ('registered', 'seller', 'trade_register', 'register_entry', 'onboarded_at'),
    ('stg_sellers', 'seller', 'name', 'legal_name_hash', 'onboarded_at'),
    ('stg_users', 'user', 'ip_prefix', 'signup_ip_prefix_hash', 'created_at'),
    ('stg_users', 'user', 'device', 'signup_device_id', 'created_at'),
    ('logins', 'user', 'device', 'device_id', 'started_at'),
    ('stg_orders', 'user: buyer_user_id', 'device', 'device_id', 'placed_at'),
    ('approvals', 'user', 'device', 'device_id', 'attempted_at'),
    ('stg_promotion_redemptions', 'user', 'device', 'device_id', 'redeemed_at'),
    ('stg_account_changes', 'party', 'device', 'device_id', 'changed_at'),
    ('stg_engagement_events', 'user: actor_user_id', 'device', 'device_id',
     'occurred_at'),
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

registered as (
    select
        *,
        coalesce(country, region) || '|' || {{ normalise_id('trade_register_no') }}
            as register_entry
    from {{ ref('stg_sellers') }}
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
        -- two countries number their documents alike
        md5(all_checks.document_number_hash || coalesce(
            '|' || all_checks.document_country, ''
        )) as document_hash,
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
