-- Grain: one row per building, limited listing and night on which an order of it became
-- known: over 30 days, in how many spellings of the street and by how many accounts it
-- was bought there, and how many of them share a device, a card or a phone.
with sales as (
    select * from {{ ref('int_building_sales') }}
    where night <= {{ to_night() }} and placed_on > {{ from_night() }} - 30
),

residents as (
    select * from {{ ref('int_building_residents') }}
    where {{ in_range('night') }}
),

identifiers as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by party_key, identifier_type, identifier order by night
        ) as last_before
    from {{ ref('int_party_identifiers') }}
    where
        night <= {{ to_night() }} and party_type = 'user'
        and party_id in (select sales.buyer_user_id from sales)
        and identifier_type in ('device', 'instrument', 'phone')
),

touched as (
    select distinct building_id, sku_id, night from sales
    where {{ in_range('night') }} and night - 30 < placed_on
),

bought as (
    select
        sales.* exclude (night), -- noqa: RF02
        touched.night
    from touched
    inner join sales
        on
            touched.building_id = sales.building_id
            and touched.sku_id = sales.sku_id
            and touched.night >= sales.night
            and touched.night - 30 < sales.placed_on
),

-- the number the carrier is given counts as an account's own does
held as (
    select
        bought.building_id,
        bought.sku_id,
        bought.night,
        bought.buyer_user_id,
        identifiers.identifier_type || '|' || identifiers.identifier as identifier
    from bought
    inner join identifiers
        on
            bought.buyer_user_id = identifiers.party_id
            and bought.night >= identifiers.night
            and bought.night < identifiers.last_before
    where identifiers.is_held
    union
    select
        building_id,
        sku_id,
        night,
        buyer_user_id,
        'phone|' || recipient_phone_hash as identifier
    from bought
    where recipient_phone_hash is not null
),

sharing as (
    select distinct building_id, sku_id, night, buyer_user_id
    from held
    qualify count(*) over (partition by building_id, sku_id, night, identifier) > 1
),

ind_building_purchases as (
    select
        'building' as entity_type,
        building_id as entity_id,
        sku_id,
        min(bought.region) as region,
        min(bought.business_line) as business_line,
        cast(null as varchar) as missing_input,
        list_sort(list(distinct bought.order_id)) as order_ids,
        list_sort(list(distinct buyer_user_id)) as user_ids,
        cast(night - min(bought.placed_on) as integer) as history_days,
        count(distinct bought.street_raw_hash) as spellings_30d,
        count(distinct buyer_user_id) as accounts_30d,
        count(distinct sharing.buyer_user_id) as sharing_accounts_30d,
        coalesce(max(residents.residents), 0) as residents,
        cast(coalesce(sum(bought.platform_discount_usd), 0) as decimal(18, 2))
            as platform_discount_usd_30d,
        night,
        min(bought.placed_at) as first_event_at,
        max(bought.placed_at) as last_event_at
    from bought
    left join sharing using (building_id, sku_id, night, buyer_user_id)
    left join residents using (building_id, night)
    group by building_id, sku_id, night
)

select * from ind_building_purchases
