{{ config(materialized="table") }}

-- Grain: one row per policy version and scope. The numbers money is judged by, as
-- columns, in force between two nights. Join it with `policy_applies`.
with policy_rows as (
    select
        'money' as detection_id,
        *
    from {{ ref('policy_money') }}
),

in_force as (
    {{ scoped_policy('policy_rows', payload=['value'], item='parameter') }}
),

int_policy_money as (
    select
        region,
        business_line,
        named_regions,
        named_business_lines,
        policy_version,
        cast(
            max(value) filter (where parameter = 'seller_default_days') as integer
        ) as seller_default_days,
        cast(
            max(value) filter (where parameter = 'dispute_window_days') as integer
        ) as dispute_window_days,
        cast(
            max(value) filter (where parameter = 'undelivered_return_days') as integer
        ) as undelivered_return_days,
        cast(
            max(value) filter (where parameter = 'maturity_margin_days') as integer
        ) as maturity_margin_days,
        cast(
            max(value) filter (where parameter = 'pace_days') as integer
        ) as pace_days,
        cast(
            max(value) filter (where parameter = 'trading_year_days') as integer
        ) as trading_year_days,
        cast(
            max(value) filter (where parameter = 'label_reach_days') as integer
        ) as label_reach_days,
        valid_from,
        valid_to
    from in_force
    group by all
)

select * from int_policy_money
