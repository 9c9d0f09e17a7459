-- Visits to the app or site, opened by a login or its refusal.
-- Grain: one row per session, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('sessions') }}
),
delivered as (
    {{ first_delivery('landed', ['session_id'], 'started_at') }}
),
stg_sessions as (
    select
        session_id,
        user_id,
        device_id,
        {{ hash_pii(normalise_ip('ip'), 'ip') }} as ip_hash,
        {{ hash_pii(ip_prefix('ip'), 'ip_prefix') }} as ip_prefix_hash,
        asn_type,
        country,
        login_result,
        asn,
        product_views,
        night,
        started_at,
        ended_at,
        ingested_at
    from delivered
)
select * from stg_sessions
