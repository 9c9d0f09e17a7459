-- Claims by buyers to give something back or be refunded, with the inspection once
-- goods are in.
-- Grain: one row per version of a claim, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('returns') }}
),
delivered as (
    {{ first_delivery('landed', ['return_id', 'record_seq'], 'requested_at') }}
),
stg_returns as (
    select
        return_id,
        order_item_id,
        buyer_user_id,
        return_shipment_id,
        reason,
        {{ hash_pii(normalise_text('claim_text'), 'text') }} as claim_text_hash,
        inspection,
        decision,
        {{ text_minhash(normalise_text('claim_text')) }} as claim_text_minhash,
        record_seq,
        evidence_image_phash,
        quantity,
        night,
        requested_at,
        warehouse_received_at,
        ingested_at
    from delivered
)
select * from stg_returns
