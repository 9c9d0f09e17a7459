-- Chat messages between parties.
-- Grain: one row per message, as first delivered.
with landed as (
    {{ landing_rows('messages') }}
),
delivered as (
    {{ first_delivery('landed', ['message_id'], 'sent_at') }}
),
stg_messages as (
    select
        message_id,
        thread_id,
        sender_id,
        receiver_id,
        order_id,
        sender_type,
        receiver_type,
        has_contact_details,
        has_link,
        has_payment_request,
        night,
        sent_at,
        ingested_at
    from delivered
)
select * from stg_messages
