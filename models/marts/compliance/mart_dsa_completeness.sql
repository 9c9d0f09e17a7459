-- Of how many traders the platform holds everything article 30 of the Digital Services
-- Act asks for. One row per region and business line with active traders.
with traders as (
    select
        *,
        has_name and has_address and has_contact as has_identity,
        has_payout_account and has_account_holder as has_account
    from {{ ref('int_regulated_sellers') }}
    where is_eu_law and is_trader and status = 'active'
),

coverage as (
    {{ is_metric_known('dsa_completeness') }}
),

counted as (
    select
        region,
        business_line,
        count(*) as traders,
        count(*) filter (where has_identity) as with_identity,
        count(*) filter (where has_identification) as with_identification,
        count(*) filter (where has_account) as with_account,
        count(*) filter (where has_register_no) as with_register_no,
        count(*) filter (where has_self_certification) as with_certification,
        count(*) filter (
            where
            has_identity
            and has_identification
            and has_account
            and has_register_no
            and has_self_certification
        ) as complete_traders,
        max(as_of_date) as as_of_date
    from traders
    group by region, business_line
),

-- what nobody delivered is unknown, not missing
mart_dsa_completeness as (
    select
        counted.region,
        counted.business_line,
        counted.traders,
        {% for part in [
            'with_identity', 'with_identification', 'with_account', 'with_register_no',
            'with_certification', 'complete_traders'
        ] -%}
            case when coverage.is_known then counted.{{ part }} end as {{ part }},
        {% endfor -%}
        case when coverage.is_known then counted.traders - counted.complete_traders end
            as traders_to_limit,
        cast(
            case
                when coverage.is_known then counted.complete_traders / counted.traders
            end as decimal(9, 6)
        ) as completeness,
        counted.as_of_date
    from counted
    cross join coverage
)

select * from mart_dsa_completeness
