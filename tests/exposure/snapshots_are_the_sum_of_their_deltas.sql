-- Yesterday's snapshot never changes: what is stored of each night is the sum of the
-- changes known by then that had taken effect, and none takes effect before its night.
with deltas as (
    select * from {{ ref('int_exposure_deltas') }}
),

nights as (
    select distinct night
    from {{ ref('stg_landing_deliveries') }}
),

changes as (
    select
        region,
        business_line,
        currency,
        effective_on,
        sum(gross_minor) as gross_minor,
        sum(ead_minor) as ead_minor,
        sum(gross_usd) as gross_usd
    from deltas
    group by all
),

expected as (
    select
        nights.night,
        changes.region,
        changes.business_line,
        changes.currency,
        sum(changes.gross_minor) as gross_minor,
        sum(changes.ead_minor) as ead_minor,
        sum(changes.gross_usd) as gross_usd
    from nights
    inner join changes on nights.night >= changes.effective_on
    group by all
),

stored as (
    select
        night,
        region,
        business_line,
        currency,
        sum(gross_minor) as gross_minor,
        sum(ead_minor) as ead_minor,
        sum(gross_usd) as gross_usd
    from {{ ref('mart_exposure_daily') }}
    group by all
)

select
    night,
    'the snapshot is not what was known on its night' as problem
from expected
full outer join stored using (night, region, business_line, currency)
where
    coalesce(expected.gross_minor, 0) != coalesce(stored.gross_minor, 0)
    or coalesce(expected.ead_minor, 0) != coalesce(stored.ead_minor, 0)
    or coalesce(expected.gross_usd, 0) != coalesce(stored.gross_usd, 0)
union all
select
    night,
    'a change takes effect before it is known' as problem
from deltas
where effective_on < night
