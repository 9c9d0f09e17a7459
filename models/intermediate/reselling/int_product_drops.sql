-- Grain: one row per moment at which a listing became wanted: sold-out stock came back,
-- or a flash sale of it opened. Known on the night the row that says so arrived; a sale
-- that is moved opens a second time.
with restocks as (
    select
        'restock:' || change_id as drop_id,
        sku_id,
        changed_at as dropped_at,
        night
    from {{ ref('stg_listing_changes') }}
    where
        {{ in_range('night') }}
        and field = 'stock'
        and try_cast(old_value as bigint) = 0
        and try_cast(new_value as bigint) > 0
),

all_sales as (
    select * from {{ ref('stg_promotions') }}
    where
        night <= {{ to_night() }}
        and promotion_type = 'flash_sale'
        and sku_id is not null
),

sales as (
    select
        concat_ws(
            ':', 'sale', promotion_id, sku_id, strftime(starts_at, '%Y%m%dT%H%M%S')
        ) as drop_id,
        sku_id,
        starts_at as dropped_at,
        min(night) as night
    from all_sales
    group by promotion_id, sku_id, starts_at
    having {{ in_range('min(night)') }}
),

int_product_drops as (
    select * from restocks
    union all
    select * from sales
)

select * from int_product_drops
