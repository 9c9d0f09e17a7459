-- Grain: one row per buyer and place (postcode prefix and city), numbered by first use.
with places as (
    select
        user_id,
        postcode,
        city,
        min(placed_at) as added_at
    from order_facts
    group by user_id, postcode, city
)

select
    user_id || '-' || row_number() over (
        partition by user_id
        order by added_at, postcode, city
    ) as address_id,
    user_id,
    postcode,
    city,
    added_at
from places
