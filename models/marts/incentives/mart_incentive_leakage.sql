-- The incentive leakage rate: what went on confirmed abuse of all that incentives cost.
-- One row per month, kind of incentive, who paid, region, business line and currency.
with spend as (
    select * from {{ ref('int_incentive_spend') }}
),

summed as (
    select
        incentive_source,
        funded_by,
        region,
        business_line,
        currency,
        {{ incentive_sums() }},
        cast(date_trunc('month', event_date) as date) as spend_month
    from spend
    group by all
),

mart_incentive_leakage as (
    select
        incentive_source,
        funded_by,
        region,
        business_line,
        currency,
        granted_minor,
        taken_back_minor,
        spend_minor,
        leaked_minor,
        spend_usd,
        leaked_usd,
        {{ share_of('leaked_minor', 'spend_minor') }} as leakage_rate,
        is_usd_complete,
        spend_month
    from summed
)

select * from mart_incentive_leakage
