{{ config(materialized='view') }}

-- What each monitoring program of the card schemes compares with its limit, by the
-- formula and limit in force in the month. One row per program, tier, numerator, region
-- and month.
with months as (
    select * from {{ ref('int_scheme_months') }}
),

programs as (
    select * from {{ ref('ref_scheme_programs') }}
),

-- a program's own row for the region, else the one for all; of those the last in force
in_force as (
    select
        months.*,
        programs.* exclude (scheme, region)
    from months
    inner join programs
        on
            months.scheme = programs.scheme
            and programs.region in (months.region, 'all')
            and months.activity_month >= programs.effective_from
    qualify row_number() over (
            partition by
                programs.program_id, programs.tier, programs.numerator,
                months.region, months.activity_month
            order by programs.region = 'all', programs.effective_from desc
        ) = 1
),

int_scheme_program_months as (
    select
        program_id,
        tier,
        scheme,
        region,
        numerator,
        denominator,
        denominator_month,
        is_gating,
        limit_bps,
        min_count,
        min_amount_usd,
        min_payments,
        max_authenticated_share,
        case numerator
            when 'fraud_and_disputes' then fraud_reports + disputes
            when 'fraud_and_other_disputes' then fraud_reports + other_disputes
            when 'chargebacks' then chargebacks
            when 'fraud_chargebacks' then fraud_chargebacks
            when 'enumerated_authorisations' then enumerated_authorisations
        end as counted_cases,
        case concat_ws(' ', denominator, denominator_month)
            when 'settled_payments same' then settled_payments
            when 'attempted_authorisations same' then attempted_authorisations
            when 'settled_payments previous' then previous_payments
        end as counted_payments,
        cast(authenticated as double) / nullif(authorisations, 0)
            as authenticated_share,
        fraud_chargebacks_usd,
        unvalued_fraud_chargebacks,
        effective_from,
        activity_month
    from in_force
)

select * from int_scheme_program_months
