-- Grain: one row per message in which a seller sends a buyer a contact, a link or a
-- request for money outside the checkout.
with int_contact_messages as (
    select
        message_id,
        sender_id as seller_id,
        receiver_id as buyer_user_id,
        coalesce(has_payment_request, false) as is_payment_request,
        cast(sent_at as date) as sent_on,
        night,
        sent_at
    from {{ ref('stg_messages') }}
    where
        {{ in_range('night') }}
        and sender_type = 'seller'
        and receiver_type = 'user'
        and (has_contact_details or has_link or has_payment_request)
)

select * from int_contact_messages
