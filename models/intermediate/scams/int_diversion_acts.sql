-- Grain: one row per act that may lead a buyer off the platform: a message with a
-- contact (contact), an order cancelled after one (cancellation), a report of a request
-- for money (report).
with messages as (
    select * from {{ ref('int_contact_messages') }}
    where {{ in_range('night') }}
),

cancellations as (
    select * from {{ ref('int_chat_cancellations') }}
    where {{ in_range('night') }}
),

reports as (
    select * from {{ ref('int_reported_requests') }}
    where {{ in_range('night') }}
),

int_diversion_acts as (
    select
        'message:' || message_id as object,
        'contact' as kind,
        seller_id,
        buyer_user_id,
        sent_on as event_date,
        night,
        sent_at as acted_at
    from messages
    union all
    select
        'order:' || order_id as object,
        'cancellation' as kind,
        seller_id,
        buyer_user_id,
        placed_on as event_date,
        night,
        cancelled_at as acted_at
    from cancellations
    union all
    select
        'user_report:' || report_id as object,
        'report' as kind,
        seller_id,
        buyer_user_id,
        reported_on as event_date,
        night,
        reported_at as acted_at
    from reports
)

select * from int_diversion_acts
