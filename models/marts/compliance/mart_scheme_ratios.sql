-- How near the marketplace is to the limits of the card schemes' monitoring programs,
-- and the day on which the month crosses them at its pace so far. One row per program,
-- tier, numerator, region and month.
with program_months as (
    select * from {{ ref('int_scheme_program_months') }}
),

last_night as (
    select max(night) as night
    from {{ ref('stg_landing_deliveries') }}
),

coverage as (
    select is_ready
    from {{ ref('fct_metric_coverage') }}
    where metric_id = 'scheme_ratios'
    qualify row_number() over (order by night desc) = 1
),

rated as (
    select
        program_months.*,
        10000 * cast(counted_cases as double) / nullif(counted_payments, 0)
            as ratio_bps,
        least(last_day(activity_month), last_night.night) - activity_month + 1
            as days,
        greatest(min_count, ceil(limit_bps * counted_payments / 10000), 1)
            as limit_cases,
        counted_payments >= coalesce(min_payments, 0)
        and coalesce(authenticated_share < max_authenticated_share, true)
            as is_eligible
    from program_months
    cross join last_night
),

-- where a month is compared with itself its ratio does not move with its days
needed as (
    select
        *,
        case
            when denominator_month = 'previous' then limit_cases
            when ratio_bps >= limit_bps then greatest(min_count, 1)
        end as needed_cases
    from rated
),

paced as (
    select
        *,
        case
            when
                needed_cases is not null
                and counted_cases > 0
                and (min_amount_usd is null or fraud_chargebacks_usd > 0)
                then activity_month - 1 + cast(ceil(greatest(
                        needed_cases * days / cast(counted_cases as double),
                        min_amount_usd
                        * days
                        / nullif(cast(fraud_chargebacks_usd as double), 0)
                    )) as integer)
        end as crossing_on
    from needed
),

judged as (
    select
        *,
        is_eligible
        and ratio_bps >= limit_bps
        and counted_cases >= coalesce(min_count, 0)
        and case
            when fraud_chargebacks_usd >= coalesce(min_amount_usd, 0) then true
            when unvalued_fraud_chargebacks = 0 then false
        end as is_met
    from paced
),

-- below the limit by what nobody delivered is not below it
mart_scheme_ratios as (
    select
        program_id,
        tier,
        scheme,
        region,
        numerator,
        is_gating,
        cast(counted_cases as bigint) as counted_cases,
        cast(counted_payments as bigint) as counted_payments,
        cast(ratio_bps as decimal(18, 2)) as ratio_bps,
        limit_bps,
        cast(limit_bps - ratio_bps as decimal(18, 2)) as headroom_bps,
        min_count,
        cast(case
            when counted_payments > 0 then greatest(limit_cases - counted_cases, 0)
        end as bigint) as cases_to_limit,
        cast(fraud_chargebacks_usd as decimal(18, 2)) as fraud_chargebacks_usd,
        min_amount_usd,
        cast(case
            when min_amount_usd is not null
                then greatest(min_amount_usd - fraud_chargebacks_usd, 0)
        end as decimal(18, 2)) as usd_to_limit,
        unvalued_fraud_chargebacks = 0 as is_usd_complete,
        cast(authenticated_share as decimal(9, 6)) as authenticated_share,
        max_authenticated_share,
        case when is_met or coalesce(coverage.is_ready, false) then is_met end
            as is_over_limit,
        effective_from as limit_in_force_since,
        case
            when is_eligible and crossing_on <= last_day(activity_month)
                then crossing_on
        end as crossed_on,
        activity_month
    from judged
    left join coverage on true
)

select * from mart_scheme_ratios
