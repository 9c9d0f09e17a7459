-- Complaints by users about somebody or something on the marketplace.
-- Grain: one row per report, as first delivered.
with landed as (
    {{ landing_rows('user_reports') }}
),
delivered as (
    {{ first_delivery('landed', ['report_id'], 'reported_at') }}
),
stg_user_reports as (
    select
        report_id,
        reporter_user_id,
        target_id,
        order_id,
        target_type,
        category,
        night,
        reported_at,
        ingested_at
    from delivered
)
select * from stg_user_reports
