{{ config(materialized='view') }}

-- What card schemes count in a month, beside the payments of the month before. One row
-- per scheme, region and month with activity.
with daily as (
    select
        *,
        date_trunc('month', activity_date) as month
    from {{ ref('int_scheme_activity_daily') }}
),

months as (
    select
        scheme,
        region,
        cast(month as date) as activity_month,
        {%- for measure in [
            'settled_payments', 'attempted_authorisations',
            'enumerated_authorisations', 'authorisations', 'authenticated', 'fraud_reports',
            'chargebacks', 'fraud_chargebacks', 'fraud_chargebacks_usd',
            'unvalued_fraud_chargebacks', 'disputes', 'other_disputes'
        ] %}
            coalesce(sum(amount) filter (where measure = '{{ measure }}'), 0)
                as {{ measure }},
        {%- endfor %}
        max(activity_date) as last_date
    from daily
    group by scheme, region, month
),

int_scheme_months as (
    select
        months.* exclude (last_date),
        coalesce(previous.settled_payments, 0) as previous_payments
    from months
    left join months as previous
        on
            months.scheme = previous.scheme
            and months.region = previous.region
            and months.activity_month - interval 1 month = previous.activity_month
)

select * from int_scheme_months
