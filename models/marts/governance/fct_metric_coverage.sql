{{ config(materialized="incremental", incremental_strategy="replace_nights") }}

-- Grain: one row per metric and night. Whether what a metric is made of was delivered:
-- a loss of nothing and a loss nobody reported are not the same.
with readiness as (
    select * from {{ ref('int_input_readiness') }}
    where {{ in_range('night') }}
),

fct_metric_coverage as (
    select
        consumer_id as metric_id,
        missing_input,
        is_ready,
        night
    from readiness
    where consumer_kind = 'metric'
)

select * from fct_metric_coverage
