-- Grain: one row per buyer or seller and place. Olist knows a postcode prefix and a
-- city, no street, so nothing here can join two people.
with seller_places as (
    select
        sellers.seller_id,
        to_postcode(sellers.seller_zip_code_prefix) as postcode,
        sellers.seller_city as city,
        min(sold_items.placed_at) as added_at
    from csv_sellers as sellers
    inner join sold_items on sellers.seller_id = sold_items.seller_id
    group by all
)

select
    address_id,
    'user' as party_type,
    user_id as party_id,
    'BR' as country,
    city,
    postcode,
    'unknown' as address_type,
    added_at,
    added_at as ingested_at
from user_addresses

union all

select
    seller_id || '-1' as address_id,
    'seller' as party_type,
    seller_id as party_id,
    'BR' as country,
    city,
    postcode,
    'unknown' as address_type,
    added_at,
    added_at as ingested_at
from seller_places
