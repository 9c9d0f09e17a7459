-- How orders turned out whose deadlines have passed and whose claims are in: what was
-- captured, and what of it was lost after each age, as known at the end of a closed
-- month. One row per night that ends a month, region and maturity bucket; an order is
-- in all buckets, its losses in those that begin no later than they happened.
with valuations as (
    {{ month_ends() }}
),

policy as (
    select * from {{ ref('int_policy_money') }}
),

states as (
    select
        valuations.night,
        states.order_id,
        states.currency,
        states.region,
        states.business_line,
        states.captured_minor,
        states.fx_rate,
        states.captured_on,
        states.closes_on
    from {{ ref('int_exposure_states') }} as states
    inner join valuations on states.night <= valuations.night
    qualify
        row_number() over (
            partition by valuations.night, states.order_id, states.currency
            order by states.night desc
        ) = 1
),

matured as (
    select
        states.night,
        states.order_id,
        states.currency,
        states.region,
        states.captured_on,
        {{ amount_in_usd(
            'states.captured_minor', 'states.fx_rate', 'currencies.exponent'
        ) }} as captured_usd
    from states
    inner join policy on {{ policy_applies('states', 'policy') }}
    left join {{ ref('ref_currencies') }} as currencies
        on states.currency = currencies.currency
    where states.closes_on + policy.maturity_margin_days <= states.night
),

entries as (
    select
        valuations.night,
        entries.order_id,
        entries.currency,
        entries.event_date,
        entries.gross_usd,
        entries.recovered_usd
    from {{ ref('int_loss_entries') }} as entries
    inner join valuations
        on
            entries.night <= valuations.night
            and entries.order_night <= valuations.night
    where entries.bearer = 'platform'
),

outcomes as (
    select
        matured.night,
        matured.order_id,
        matured.region,
        matured.captured_usd,
        buckets.maturity_bucket,
        sum(entries.gross_usd) as lost_usd,
        sum(entries.recovered_usd) as recovered_usd
    from matured
    cross join {{ ref('ref_maturity_buckets') }} as buckets
    left join entries
        on
            matured.night = entries.night
            and matured.order_id = entries.order_id
            and matured.currency = entries.currency
            and (
                buckets.from_day = 0
                or entries.event_date - matured.captured_on >= buckets.from_day
            )
    where matured.captured_usd > 0
    group by
        matured.night, matured.order_id, matured.currency, matured.region,
        matured.captured_usd, buckets.maturity_bucket
),

int_matured_losses as (
    select
        region,
        maturity_bucket,
        count(*) as matured_orders,
        count(*) filter (where lost_usd > 0) as bad_orders,
        cast(sum(captured_usd) as decimal(18, 2)) as captured_usd,
        cast(coalesce(sum(lost_usd), 0) as decimal(18, 2)) as lost_usd,
        cast(coalesce(sum(recovered_usd), 0) as decimal(18, 2)) as recovered_usd,
        night
    from outcomes
    group by region, maturity_bucket, night
)

select * from int_matured_losses
