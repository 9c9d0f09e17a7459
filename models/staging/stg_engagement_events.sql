-- Views, likes and other acts of users towards creators and their content.
-- Grain: one row per act, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('engagement_events') }}
),
delivered as (
    {{ first_delivery('landed', ['event_id'], 'occurred_at') }}
),
stg_engagement_events as (
    select
        event_id,
        actor_user_id,
        content_id,
        creator_id,
        device_id,
        kind,
        {{ hash_pii(normalise_ip('ip'), 'ip') }} as ip_hash,
        {{ hash_pii(ip_prefix('ip'), 'ip_prefix') }} as ip_prefix_hash,
        asn_type,
        watch_ms,
        night,
        occurred_at,
        ingested_at
    from delivered
)
select * from stg_engagement_events
