-- People and studios who publish videos or live rooms and earn commissions or awards.
-- Grain: one row per version of a creator, as first delivered.
with landed as (
    {{ landing_rows('creators') }}
),
delivered as (
    {{ first_delivery('landed', ['creator_id', 'record_seq'], 'onboarded_at') }}
),
stg_creators as (
    select
        creator_id,
        user_id,
        agency_id,
        tier,
        region,
        status,
        record_seq,
        night,
        onboarded_at,
        ingested_at
    from delivered
)
select * from stg_creators
