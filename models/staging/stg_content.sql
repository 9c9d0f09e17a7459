-- Short videos and live rooms.
-- Grain: one row per version of a piece of content, as first delivered, personal data
-- hashed.
with landed as (
    {{ landing_rows('content') }}
),
delivered as (
    {{ first_delivery('landed', ['content_id', 'record_seq'], 'published_at') }}
),
stg_content as (
    select
        content_id,
        creator_id,
        sku_id,
        content_type,
        {{ hash_pii(normalise_text('caption'), 'text') }} as caption_hash,
        {{ text_minhash(normalise_text('caption')) }} as caption_minhash,
        record_seq,
        duration_s,
        night,
        published_at,
        ended_at,
        ingested_at
    from delivered
)
select * from stg_content
