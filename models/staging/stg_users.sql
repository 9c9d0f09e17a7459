-- Every account that can sign in, whether it buys, sells or only watches.
-- Grain: one row per version of a user account, as first delivered, personal data
-- hashed.
with landed as (
    {{ landing_rows('users') }}
),
delivered as (
    {{ first_delivery('landed', ['user_id', 'record_seq'], 'created_at') }}
),
stg_users as (
    select
        user_id,
        signup_device_id,
        referred_by_user_id,
        region,
        account_type,
        {{ hash_pii(normalise_ip('signup_ip'), 'ip') }} as signup_ip_hash,
        {{ hash_pii(ip_prefix('signup_ip'), 'ip_prefix') }} as signup_ip_prefix_hash,
        {{ hash_pii(normalise_email('email'), 'email') }} as email_hash,
        {{ hash_pii(normalise_phone('phone', 'region'), 'phone') }} as phone_hash,
        acquisition_channel,
        status,
        record_seq,
        night,
        created_at,
        ingested_at
    from delivered
)
select * from stg_users
