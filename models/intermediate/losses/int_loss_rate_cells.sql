{{ config(materialized='table') }}

-- Losses and GMV on both clocks: one row per basis (cohort: the month of the payment;
-- reporting: the month it happened), month, currency and everything losses are reported
-- by. Rows of GMV have no cause and no bearer.
with losses as (
    select * from {{ ref('mart_losses') }}
),

gmv as (
    select * from {{ ref('int_gmv_cells') }}
),

last_night as (
    select max(night) as night from {{ ref('stg_landing_deliveries') }}
),

entries as (
    select
        * exclude (loss_date),
        cast(0 as bigint) as gmv_minor,
        0.00 as gmv_usd,
        loss_date as activity_date
    from losses
    union all by name
    select
        * exclude (gmv_date),
        gmv_date as activity_date
    from gmv
),

clocks as (
    select
        entries.*,
        bases.basis,
        case bases.basis
            when 'cohort' then entries.cohort_month
            else cast(date_trunc('month', entries.activity_date) as date)
        end as month,
        last_night.night
    from entries
    cross join last_night
    cross join (values ('cohort'), ('reporting')) as bases (basis)
),

int_loss_rate_cells as (
    select
        clocks.basis,
        clocks.scenario,
        clocks.loss_type,
        clocks.bearer,
        clocks.region,
        clocks.business_line,
        clocks.channel,
        clocks.category_l1,
        clocks.currency,
        {% for measure in ['gross', 'recovered', 'cash_recovered', 'net', 'gmv'] -%}
            cast(coalesce(sum(clocks.{{ measure }}_minor), 0) as bigint)
                as {{ measure }}_minor,
        {% endfor -%}
        {% for measure in ['gross', 'recovered', 'cash_recovered', 'net', 'gmv'] -%}
            cast(sum(clocks.{{ measure }}_usd) as decimal(18, 2)) as {{ measure }}_usd,
        {% endfor -%}
        bool_and(clocks.is_usd_complete) as is_usd_complete,
        -- what the policy does not say is not mature
        bool_and(coalesce(
            last_day(clocks.month) + policy.maturity_margin_days
            + case clocks.basis when 'cohort' then policy.dispute_window_days else 0 end
            <= clocks.night,
            false
        )) as is_mature,
        clocks.month
    from clocks
    left join {{ ref('int_policy_money') }} as policy
        on {{ policy_applies('clocks') }}
    group by all
)

select * from int_loss_rate_cells
