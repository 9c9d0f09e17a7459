-- Parcels to a buyer or back to a seller, as carriers and sellers report them.
-- Grain: one row per version of a shipment, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('shipments') }}
),
delivered as (
    {{ first_delivery('landed', ['shipment_id', 'record_seq'], 'label_created_at') }}
),
stg_shipments as (
    select
        shipment_id,
        order_id,
        seller_id,
        direction,
        carrier,
        {{ hash_pii(
            normalise_code('tracking_number'), 'tracking'
        ) }} as tracking_number_hash,
        ship_from_postcode,
        ship_to_postcode,
        proof_of_delivery,
        {{ hash_pii('lower(delivery_geohash7)', 'geohash') }} as delivery_geohash7_hash,
        currency,
        record_seq,
        declared_weight_g,
        carrier_weight_g,
        cost_minor,
        night,
        label_created_at,
        delivered_at,
        ingested_at
    from delivered
)
select * from stg_shipments
