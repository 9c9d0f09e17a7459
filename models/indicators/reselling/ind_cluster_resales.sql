-- Grain: one row per buyer cluster, article and night on which what it bought of it
-- with the platform's money changed: at what price its own sellers offer the article
-- anew, and how its discounts lie among buyers.
with bought as (
    select * from {{ ref('int_cluster_subsidised_units') }}
    where {{ in_range('night') }}
),

listings as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (partition by sku_id order by night)
            as last_before
    from {{ ref('int_listing_prices') }}
    where night <= {{ to_night() }}
),

shops as (
    select
        *,
        coalesce(until_night, date '9999-12-31') as last_before
    from {{ ref('int_cluster_periods') }}
    where party_type = 'seller' and night <= {{ to_night() }}
),

looked_at as (
    select distinct
        'cluster' as entity_type,
        cluster_id as entity_id,
        night
    from bought
),

spreads as (
    {{ peer_spreads('looked_at', 'discount_capture') }}
),

captures as (
    select
        entity_id,
        night,
        cast(successes as double) / nullif(trials, 0) as discount_capture
    from {{ ref('int_peer_members') }}
    where
        night <= {{ to_night() }}
        and entity_type = 'cluster'
        and measure = 'discount_capture'
),

offers as (
    select
        bought.cluster_id,
        bought.gtin,
        bought.night,
        list_sort(list(distinct listings.seller_id)) as seller_ids,
        max(listings.list_price_usd) as resale_usd
    from bought
    inner join shops
        on
            bought.cluster_id = shops.cluster_id
            and bought.night >= shops.night
            and bought.night < shops.last_before
    inner join listings
        on
            shops.party_id = listings.seller_id
            and bought.gtin = listings.gtin
            and bought.night >= listings.night
            and bought.night < listings.last_before
            and bought.night - 30 < listings.listed_on
    where listings.is_active
    group by bought.cluster_id, bought.gtin, bought.night
),

ind_cluster_resales as (
    select
        'cluster' as entity_type,
        bought.cluster_id as entity_id,
        bought.* exclude (cluster_id, night, first_event_at, last_event_at),
        case when bought.paid_usd_30d is null then 'no_fx' end as missing_input,
        offers.seller_ids,
        cast(bought.night - cast(bought.first_event_at as date) as integer)
            as history_days,
        cast(bought.paid_usd_30d / bought.units_30d as decimal(18, 2)) as unit_cost_usd,
        offers.resale_usd,
        cast(
            cast(bought.forwarded_units_30d as double) / bought.units_30d
            as decimal(9, 6)
        ) as forwarded_share,
        case when captures.entity_id is not null then {{ robust_z(
            'captures.discount_capture', 'spreads.median_rate',
            'spreads.median_deviation', 'spreads.mean_deviation'
        ) }} end as discount_capture_z,
        bought.night,
        bought.first_event_at,
        bought.last_event_at
    from bought
    left join offers using (cluster_id, gtin, night)
    left join spreads
        on bought.cluster_id = spreads.entity_id and bought.night = spreads.night
    left join captures
        on
            bought.cluster_id = captures.entity_id
            and {{ baseline_night_before('bought.night') }} = captures.night
)

select * from ind_cluster_resales
