-- Grain: one row per order and night on which a country it touches became known or
-- changed: where it was placed, where it goes or where a card that paid it was issued.
with places as (
    select * from {{ ref('int_order_places') }}
    where night <= {{ to_night() }}
),

sessions as (
    select * from {{ ref('stg_sessions') }}
    where night <= {{ to_night() }} and country is not null
),

addresses as (
    select *, address_id as shipping_address_id from {{ ref('stg_addresses') }}
    where night <= {{ to_night() }} and country is not null
),

payments as (
    select * from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and kind = 'authorisation'
        and result = 'approved'
        and issuer_country is not null
),

touched as (
    select order_id from places
    where
        {{ in_range('night') }}
        or {{ touched('session_id', 'sessions') }}
        or {{ touched('shipping_address_id', 'addresses') }}
    union
    select order_id from payments
    where {{ in_range('night') }}
),

stays as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by order_id order by night
        ) as until_night
    from places
    where order_id in (select touched.order_id from touched)
),

countries as (
    {% for source, relation, key in [
        ('ip', 'sessions', 'session_id'), ('ship', 'addresses', 'shipping_address_id'),
    ] %}
        select
            stays.order_id,
            '{{ source }}' as source,
            found.country,
            greatest(stays.night, found.night) as night,
            stays.until_night
        from stays
        inner join {{ relation }} as found
            on stays.{{ key }} = found.{{ key }} and stays.until_night > found.night
        union all
    {% endfor %}
    select
        order_id,
        'issuer' as source,
        issuer_country as country,
        night,
        date '9999-12-31' as until_night
    from payments
    where order_id in (select touched.order_id from touched)
),

nights as (
    select order_id, night from stays
    union
    select order_id, night from countries
),

ind_order_countries as (
    select
        'order' as entity_type,
        stays.order_id as entity_id,
        min(stays.region) as region,
        min(stays.business_line) as business_line,
        case
            when count(distinct countries.source) >= 2 then null
            when bool_or(countries.source = 'issuer') then 'no_ip_country'
            else 'no_issuer_country'
        end as missing_input,
        0 as history_days,
        max(countries.country) filter (where countries.source = 'ip') as ip_country,
        max(countries.country) filter (where countries.source = 'ship') as ship_country,
        coalesce(list(distinct countries.country order by countries.country) filter (
            where countries.source = 'issuer'
        ), []) as issuer_countries,
        count(distinct countries.source) as known_sources,
        case
            when count(distinct countries.source) >= 2
                then count(distinct countries.country) - 1
        end as geo_conflict,
        nights.night,
        min(stays.placed_at) as first_event_at,
        min(stays.placed_at) as last_event_at
    from nights
    inner join stays
        on
            nights.order_id = stays.order_id
            and nights.night >= stays.night
            and nights.night < stays.until_night
    left join countries
        on
            nights.order_id = countries.order_id
            and nights.night >= countries.night
            and nights.night < countries.until_night
    where {{ in_range('nights.night') }}
    group by stays.order_id, nights.night
)

select * from ind_order_countries
