-- Grain: one row per seller, creator or card range with a card payment settled in the
-- last 90 days and baseline night: what makes its peer group, and how many of those
-- payments their issuers reported as fraud.
with baselines as (
    {{ baseline_nights() }}
),

days as (
    select * from {{ ref('int_issuer_reports_daily') }}
    where night <= {{ to_night() }} and event_date > {{ from_night() }} - 90
),

records as (
    select
        days.entity_type,
        days.entity_id,
        sum(days.settled) as settled,
        sum(days.reported) as reported,
        baselines.night
    from baselines
    inner join days
        on
            baselines.night >= days.night
            and days.event_date > baselines.night - 90
            and baselines.night >= days.event_date
    group by days.entity_type, days.entity_id, baselines.night
),

sellers as (
    select
        *,
        seller_id as entity_id,
        lead(night, 1, date '9999-12-31') over (
            partition by seller_id order by night
        ) as until_night
    from {{ ref('int_seller_profiles') }}
    where night <= {{ to_night() }}
),

creators as (
    select
        *,
        creator_id as entity_id,
        lead(night, 1, date '9999-12-31') over (
            partition by creator_id order by night
        ) as until_night
    from {{ ref('int_creator_profiles') }}
    where night <= {{ to_night() }}
),

profiles as (
    select
        'seller' as entity_type,
        *
    from sellers
    union all by name
    select
        'creator' as entity_type,
        *
    from creators
),

int_issuer_fraud_peer_traits as (
    select
        records.entity_type,
        records.entity_id,
        'issuer_fraud' as measure,
        coalesce(profiles.category_l1, 'unknown') as category_l1,
        coalesce(profiles.region, 'unknown') as region,
        records.night - profiles.onboarded_on as tenure_days,
        cast(records.settled as bigint) as orders_90d,
        cast(records.reported as bigint) as successes,
        cast(records.settled as bigint) as trials,
        records.night
    from records
    left join profiles
        on
            records.entity_type = profiles.entity_type
            and records.entity_id = profiles.entity_id
            and records.night >= profiles.night
            and records.night < profiles.until_night
)

select * from int_issuer_fraud_peer_traits
