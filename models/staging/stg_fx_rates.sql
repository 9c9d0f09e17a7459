-- Daily exchange rates to US dollars.
-- Grain: one row per date and currency, as first delivered.
with landed as (
    {{ landing_rows('fx_rates') }}
),
delivered as (
    {{ first_delivery('landed', ['rate_date', 'currency'], 'rate_date') }}
),
stg_fx_rates as (
    select
        currency,
        usd_per_unit,
        rate_date,
        night,
        ingested_at
    from delivered
)
select * from stg_fx_rates
