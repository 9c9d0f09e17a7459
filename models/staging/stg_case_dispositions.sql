-- Verdicts on what truly happened, from analysts and from outcomes.
-- Grain: one row per version of a verdict, as first delivered.
with landed as (
    {{ landing_rows('case_dispositions') }}
),
delivered as (
    {{ first_delivery('landed', ['disposition_id', 'record_seq'], 'labelled_at') }}
),
stg_case_dispositions as (
    select
        disposition_id,
        case_id,
        alert_id,
        detection_id,
        target_id,
        order_item_id,
        target_type,
        scenario,
        disposition,
        label_source,
        sample_stratum,
        currency,
        record_seq,
        sample_probability,
        review_minutes,
        loss_minor,
        night,
        labelled_at,
        ingested_at
    from delivered
)
select * from stg_case_dispositions
