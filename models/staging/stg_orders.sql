-- Purchases by one buyer at one seller.
-- Grain: one row per version of an order, as first delivered, personal data hashed.
with landed as (
    {{ landing_rows('orders') }}
),
delivered as (
    {{ first_delivery('landed', ['order_id', 'record_seq'], 'placed_at') }}
),
stg_orders as (
    select
        order_id,
        buyer_user_id,
        seller_id,
        device_id,
        session_id,
        shipping_address_id,
        content_id,
        creator_id,
        region,
        business_line,
        order_type,
        currency,
        {{ hash_pii(normalise_ip('ip'), 'ip') }} as ip_hash,
        {{ hash_pii(ip_prefix('ip'), 'ip_prefix') }} as ip_prefix_hash,
        channel,
        payment_method,
        cancelled_by,
        status,
        record_seq,
        night,
        first_viewed_at,
        placed_at,
        paid_at,
        delivered_at,
        cancelled_at,
        ingested_at
    from delivered
)
select * from stg_orders
