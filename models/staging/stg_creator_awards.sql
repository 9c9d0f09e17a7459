-- Bonuses of creator programmes, earned by reaching a tier of a metric.
-- Grain: one row per version of an award, as first delivered.
with landed as (
    {{ landing_rows('creator_awards') }}
),
delivered as (
    {{ first_delivery('landed', ['award_id', 'record_seq'], 'awarded_at') }}
),
stg_creator_awards as (
    select
        award_id,
        creator_id,
        program_id,
        metric,
        currency,
        status,
        record_seq,
        metric_value,
        tier_threshold,
        award_minor,
        period_start,
        period_end,
        night,
        awarded_at,
        paid_at,
        ingested_at
    from delivered
)
select * from stg_creator_awards
