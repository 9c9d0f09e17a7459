-- Grain: one row per seller, creator or card range and night on which its 90 days
-- changed: how many of ten thousand settled card payments their issuers reported as
-- fraud, pulled towards its peers.
with rolled as (
    {{ rolling_sums(ref('int_issuer_reports_daily'), 'entity_type, entity_id', {
        90: ['settled', 'reported'],
    }) }}
),

priors as (
    {{ peer_priors('rolled', 'issuer_fraud') }}
),

deliveries as (
    select * from {{ ref('stg_landing_deliveries') }}
    where table_name = 'issuer_fraud_reports' and {{ in_range('night') }}
),

payment_nights as (
    select * from {{ ref('int_payment_nights') }}
    where night <= {{ to_night() }}
),

histories as (
    select
        nights.night,
        nights.night - min(payment_nights.first_attempted_on) as history_days
    from (select distinct night from rolled) as nights
    inner join payment_nights on nights.night >= payment_nights.night
    group by nights.night
),

places as (
    select
        seller_id as entity_id,
        'seller' as entity_type,
        region,
        business_line,
        night,
        lead(night, 1, date '9999-12-31') over (
            partition by seller_id order by night
        ) as until_night
    from {{ ref('int_seller_profiles') }}
    where night <= {{ to_night() }}
    union all by name
    select
        creator_id as entity_id,
        'creator' as entity_type,
        region,
        night,
        lead(night, 1, date '9999-12-31') over (
            partition by creator_id order by night
        ) as until_night
    from {{ ref('int_creator_profiles') }}
    where night <= {{ to_night() }}
),

judged as (
    select
        rolled.*,
        priors.group_used,
        priors.pg_level_used,
        priors.peer_rate,
        case
            when deliveries.night is null then 'no_issuer_reports'
            when priors.entity_id is null then 'no_baseline'
        end as missing_input,
        {{ eb_rate(
            'rolled.reported_90d', 'rolled.settled_90d', 'priors.alpha', 'priors.beta'
        ) }} as rate,
        {{ eb_lower(
            'rolled.reported_90d', 'rolled.settled_90d', 'priors.alpha', 'priors.beta'
        ) }} as rate_low
    from rolled
    left join priors using (entity_type, entity_id, night)
    left join deliveries on rolled.night = deliveries.night
),

ind_issuer_fraud as (
    select
        judged.entity_type,
        judged.entity_id,
        places.region,
        places.business_line,
        judged.group_used,
        judged.missing_input,
        histories.history_days,
        judged.pg_level_used,
        judged.settled_90d,
        judged.reported_90d,
        case
            when judged.missing_input is null
                then cast(judged.rate * 10000 as decimal(12, 2))
        end as issuer_fraud_bps,
        case
            when judged.missing_input is null
                then cast(judged.rate_low * 10000 as decimal(12, 2))
        end as issuer_fraud_bps_low,
        cast(judged.peer_rate * 10000 as decimal(12, 2)) as peer_fraud_bps,
        judged.night
    from judged
    inner join histories using (night)
    left join places
        on
            judged.entity_type = places.entity_type
            and judged.entity_id = places.entity_id
            and judged.night >= places.night
            and judged.night < places.until_night
)

select * from ind_issuer_fraud
