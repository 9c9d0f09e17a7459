-- Grain: one row per buyer cluster, article and night on which a subsidised item of it
-- became known, or the cluster or what its sellers list changed: what one person bought
-- of the article with the platform's money in 30 days, and how much a forwarder got.
with items as (
    select * from {{ ref('int_subsidised_items') }}
    where night <= {{ to_night() }} and placed_on > {{ from_night() }} - 30
),

forwarded as (
    select * from {{ ref('int_order_doors') }}
    where night <= {{ to_night() }} and address_type = 'forwarder'
),

listings as (
    select * from {{ ref('int_listing_prices') }}
    where night <= {{ to_night() }}
),

members as (
    select
        *,
        coalesce(until_night, date '9999-12-31') as last_before
    from {{ ref('int_cluster_periods') }}
    where night <= {{ to_night() }} and party_type in ('user', 'seller')
),

moved as (
    select 'user' as party_type, buyer_user_id as party_id, gtin, night from items
    where {{ in_range('night') }} and night - 30 < placed_on
    union
    select 'user', items.buyer_user_id, items.gtin, members.night
    from items
    inner join members on items.buyer_user_id = members.party_id
    where
        members.party_type = 'user'
        and items.night < members.night
        and members.night - 30 < items.placed_on
        and {{ in_range('members.night') }}
    union
    select 'seller', seller_id, gtin, night from listings
    where {{ in_range('night') }}
    union
    select 'seller', listings.seller_id, listings.gtin, members.night
    from listings
    inner join members on listings.seller_id = members.party_id
    where
        members.party_type = 'seller'
        and listings.night < members.night
        and {{ in_range('members.night') }}
),

touched as (
    select distinct
        coalesce(members.cluster_id, moved.party_type || ':' || moved.party_id)
            as cluster_id,
        moved.gtin,
        moved.night
    from moved
    left join members
        on
            moved.party_type = members.party_type
            and moved.party_id = members.party_id
            and moved.night >= members.night
            and moved.night < members.last_before
    where moved.gtin in (select items.gtin from items)
),

accounts as (
    select
        touched.*,
        coalesce(members.party_id, substr(touched.cluster_id, 6)) as buyer_user_id
    from touched
    left join members
        on
            touched.cluster_id = members.cluster_id
            and members.party_type = 'user'
            and touched.night >= members.night
            and touched.night < members.last_before
),

int_cluster_subsidised_units as (
    select
        accounts.cluster_id,
        accounts.gtin,
        min(items.region) as region,
        min(items.business_line) as business_line,
        list_sort(list(distinct items.order_id)) as order_ids,
        list_sort(list(distinct items.buyer_user_id)) as user_ids,
        cast(sum(items.quantity) as bigint) as units_30d,
        cast(coalesce(sum(items.quantity) filter (
            where forwarded.order_id is not null
        ), 0) as bigint) as forwarded_units_30d,
        cast(sum(items.paid_usd) as decimal(18, 2)) as paid_usd_30d,
        cast(sum(items.platform_discount_usd) as decimal(18, 2))
            as platform_discount_usd_30d,
        accounts.night,
        min(items.placed_at) as first_event_at,
        max(items.placed_at) as last_event_at
    from accounts
    inner join items
        on
            accounts.buyer_user_id = items.buyer_user_id
            and accounts.gtin = items.gtin
            and accounts.night >= items.night
            and accounts.night - 30 < items.placed_on
    left join forwarded
        on items.order_id = forwarded.order_id and accounts.night >= forwarded.night
    group by accounts.cluster_id, accounts.gtin, accounts.night
)

select * from int_cluster_subsidised_units
