-- Grain: one row per order that buyer or seller cancelled within 24 hours after the
-- seller had sent the buyer a contact, a link or a request for money, on the night both
-- were known. What the platform cancels is no sign of a deal elsewhere.
with all_cancellations as (
    select * from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and cancelled_at is not null
        and coalesce(cancelled_by, 'buyer') != 'platform'
        and coalesce(order_type, 'normal') = 'normal'
),

cancellations as (
    select * from all_cancellations
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

messages as (
    select * from {{ ref('int_contact_messages') }}
    where night <= {{ to_night() }}
),

int_chat_cancellations as (
    select
        cancellations.order_id,
        cancellations.seller_id,
        cancellations.buyer_user_id,
        cast(cancellations.placed_at as date) as placed_on,
        min(greatest(cancellations.night, messages.night)) as night,
        min(cancellations.cancelled_at) as cancelled_at
    from cancellations
    inner join messages
        on
            cancellations.seller_id = messages.seller_id
            and cancellations.buyer_user_id = messages.buyer_user_id
            and cancellations.cancelled_at >= messages.sent_at
            and cancellations.cancelled_at <= messages.sent_at + interval 24 hours
    group by
        cancellations.order_id,
        cancellations.seller_id,
        cancellations.buyer_user_id,
        cancellations.placed_at
    having {{ in_range('min(greatest(cancellations.night, messages.night))') }}
)

select * from int_chat_cancellations
