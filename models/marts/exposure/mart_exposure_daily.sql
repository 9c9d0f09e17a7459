{{ config(materialized='incremental', incremental_strategy='replace_nights') }}

-- What could still be asked back at the end of each night, how much of it is held and
-- how much is not, as known on that night. One row per night, maturity bucket, region,
-- business line, scenario of the gravest open alert and currency.
with deltas as (
    {{ open_exposure() }}
),

-- the days on which an amount enters and leaves a bucket are known in advance
bucketed as (
    select
        deltas.*,
        buckets.maturity_bucket,
        case
            when buckets.from_day = 0 then deltas.effective_on
            else greatest(deltas.effective_on, deltas.captured_on + buckets.from_day)
        end as enters_on,
        deltas.captured_on + buckets.until_day as leaves_on
    from deltas
    inner join {{ ref('ref_maturity_buckets') }} as buckets
        on
            buckets.until_day is null
            or deltas.effective_on < deltas.captured_on + buckets.until_day
),

changes as (
    select
        *,
        enters_on as changed_on
    from bucketed
    union all
    select
        * replace (
            -open_orders as open_orders,
            -unvalued_orders as unvalued_orders,
            -gross_minor as gross_minor,
            -secured_minor as secured_minor,
            -ead_minor as ead_minor,
            -gross_usd as gross_usd,
            -secured_usd as secured_usd,
            -ead_usd as ead_usd
        ),
        leaves_on as changed_on
    from bucketed
    where leaves_on is not null
),

mart_exposure_daily as (
    {{ nightly_balances(
        'changes',
        ['maturity_bucket', 'region', 'business_line', 'scenario', 'currency'],
        ['open_orders', 'unvalued_orders', 'gross_minor', 'secured_minor', 'ead_minor',
        'gross_usd', 'secured_usd', 'ead_usd'],
    ) }}
)

select * from mart_exposure_daily
