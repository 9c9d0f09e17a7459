-- Grain: one row per listing, change that ends a window of 24 hours, and night on which
-- a change or, for 14 nights, an order of it arrived: what was rewritten, the reviews
-- earned before, and what was sold since (SC10).
with rewrites as (
    select * from {{ ref('int_listing_rewrites') }}
    where {{ in_range('night') }}
),

reviewed as (
    select
        rewrites.last_change_id,
        rewrites.night,
        count(*) as reviews_before
    from rewrites
    inner join {{ ref('stg_reviews') }} as reviews
        on
            rewrites.sku_id = reviews.sku_id
            and rewrites.night >= reviews.night
            and rewrites.first_changed_at > reviews.posted_at
    group by rewrites.last_change_id, rewrites.night
),

sold as (
    select
        rewrites.last_change_id,
        rewrites.night,
        {{ sum_if_all_known('sales.paid_usd', 'true') }} as paid_usd,
        list(distinct 'order:' || sales.order_id) as orders,
        max(sales.placed_at) as last_sold_at
    from rewrites
    inner join {{ ref('int_item_sales') }} as sales
        on
            rewrites.sku_id = sales.sku_id
            and rewrites.night >= sales.night
            and rewrites.first_changed_at <= sales.placed_at
    group by rewrites.last_change_id, rewrites.night
),

listings as (
    select
        rewrites.last_change_id,
        rewrites.night,
        'seller:' || products.seller_id as party_key,
        cast(products.listed_at as date) as listed_on
    from rewrites
    inner join {{ ref('stg_products') }} as products
        on rewrites.sku_id = products.sku_id and rewrites.night >= products.night
    qualify row_number() over (
            partition by rewrites.last_change_id, rewrites.night
            order by products.record_seq desc
        ) = 1
),

sellers as (
    {{ periods(ref('int_party_states'), 'party_key', within='listings') }}
),

ind_listing_rewrites as (
    select
        'sku' as entity_type,
        rewrites.sku_id as entity_id,
        rewrites.last_change_id,
        sellers.region,
        sellers.business_line,
        case
            when listings.last_change_id is null then 'no_listing'
            when sellers.party_key is null then 'no_account'
            when sold.last_change_id is not null and sold.paid_usd is null then 'no_fx'
        end as missing_input,
        cast(rewrites.night - listings.listed_on as integer) as history_days,
        cast(rewrites.changed_fields as integer) as changed_fields,
        rewrites.title_similarity,
        rewrites.price_ratio,
        coalesce(reviewed.reviews_before, 0) as reviews_before,
        cast(coalesce(sold.paid_usd, 0) as decimal(18, 2)) as stake_usd,
        list_sort(list_distinct(list_concat(
            ['sku:' || rewrites.sku_id],
            list_filter(
                [listings.party_key, sellers.owner_key],
                lambda party: party is not null
            ),
            list_slice(rewrites.objects, 1, 200),
            list_slice(list_sort(coalesce(sold.orders, [])), 1, 200)
        ))) as evidence_objects,
        rewrites.night,
        rewrites.first_changed_at as first_event_at,
        greatest(
            rewrites.last_changed_at,
            coalesce(sold.last_sold_at, rewrites.last_changed_at)
        ) as last_event_at
    from rewrites
    left join reviewed
        on
            rewrites.last_change_id = reviewed.last_change_id
            and rewrites.night = reviewed.night
    left join sold
        on
            rewrites.last_change_id = sold.last_change_id
            and rewrites.night = sold.night
    left join listings
        on
            rewrites.last_change_id = listings.last_change_id
            and rewrites.night = listings.night
    left join sellers
        on
            listings.party_key = sellers.party_key
            and listings.night >= sellers.night
            and listings.night < coalesce(sellers.until_night, date '9999-12-31')
)

select * from ind_listing_rewrites
