-- Grain: one row per seller or listing (entity_key), delivery date and night: delivered
-- items, and those claimed as not described or counterfeit. A claim of an article that
-- turns out to be recalled is taken back.
with items as (
    select * from {{ ref('int_delivered_items') }}
    where {{ in_range('night') }}
),

claims as (
    select * from {{ ref('int_snad_claims') }}
    where {{ in_range('night') }}
),

recalled as (
    select * from {{ ref('int_recalled_snad_claims') }}
    where {{ in_range('night') }}
),

changes as (
    select
        seller_id,
        sku_id,
        delivered_on,
        category_l1,
        night,
        1 as items,
        cast(paid_usd is null as integer) as unpriced_items
    from items
    union all by name
    select seller_id, sku_id, delivered_on, night, 1 as snad_items
    from claims
    union all by name
    select seller_id, sku_id, delivered_on, night, -1 as snad_items
    from recalled
),

by_entity as (
    select
        *,
        unnest(['seller:' || seller_id, 'sku:' || sku_id]) as entity_key
    from changes
),

int_snad_daily as (
    select
        entity_key,
        min(seller_id) as seller_id,
        min(category_l1) as category_l1,
        delivered_on as event_date,
        cast(coalesce(sum(items), 0) as bigint) as items,
        cast(coalesce(sum(snad_items), 0) as bigint) as snad_items,
        cast(coalesce(sum(unpriced_items), 0) as bigint) as unpriced_items,
        night
    from by_entity
    group by entity_key, delivered_on, night
)

select * from int_snad_daily
