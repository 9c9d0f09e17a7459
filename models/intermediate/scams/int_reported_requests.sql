-- Grain: one row per report of a buyer that a seller cheated or led him off the
-- platform, at most 28 days after that seller had asked him for money outside the
-- checkout, on the night both were known.
with reports as (
    select * from {{ ref('stg_user_reports') }}
    where
        night <= {{ to_night() }}
        and target_type = 'seller'
        and category in ('scam', 'off_platform')
),

requests as (
    select * from {{ ref('int_contact_messages') }}
    where night <= {{ to_night() }} and is_payment_request
),

int_reported_requests as (
    select
        reports.report_id,
        reports.target_id as seller_id,
        reports.reporter_user_id as buyer_user_id,
        cast(reports.reported_at as date) as reported_on,
        min(greatest(reports.night, requests.night)) as night,
        reports.reported_at
    from reports
    inner join requests
        on
            reports.target_id = requests.seller_id
            and reports.reporter_user_id = requests.buyer_user_id
            and reports.reported_at >= requests.sent_at
            and reports.reported_at <= requests.sent_at + interval 28 days
    group by
        reports.report_id,
        reports.target_id,
        reports.reporter_user_id,
        reports.reported_at
    having {{ in_range('min(greatest(reports.night, requests.night))') }}
)

select * from int_reported_requests
