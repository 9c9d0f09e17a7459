-- Grain: one row per seller of which a country is known and baseline night: over how
-- many countries its papers, bank, network and warehouse are spread (KY08).
with places as (
    select * from {{ ref('int_seller_countries') }}
    where {{ in_range('night') }}
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='places') }}
),

counted as (
    select
        party_key,
        night,
        count(*) as sources,
        count(distinct country) as countries,
        string_agg(source || ' ' || country, ', ' order by source) as places
    from places
    group by party_key, night
),

ind_seller_countries as (
    select
        'seller' as entity_type,
        states.party_id as entity_id,
        states.region,
        states.business_line,
        cast(null as varchar) as missing_input,
        cast(counted.night - cast(states.onboarded_at as date) as integer)
            as history_days,
        counted.sources,
        counted.countries,
        counted.places,
        counted.night
    from counted
    inner join states
        on
            counted.party_key = states.party_key
            and counted.night >= states.night
            and counted.night < coalesce(states.until_night, date '9999-12-31')
)

select * from ind_seller_countries
