-- Grain: one row per claim of an article that counts as recalled on its night or
-- within 14 nights after it, on the first such night: it is a matter of quality then.
with claims as (
    select * from {{ ref('int_snad_claims') }}
    where night >= {{ from_night() }} - 14 and night <= {{ to_night() }}
),

recalls as (
    select * from {{ ref('int_product_recalls') }}
    where night >= {{ from_night() }} - 14 and night <= {{ to_night() }}
),

int_recalled_snad_claims as (
    select
        claims.order_item_id,
        claims.seller_id,
        claims.sku_id,
        claims.delivered_on,
        min(recalls.night) as night
    from claims
    inner join recalls
        on
            claims.sku_id = recalls.sku_id
            and claims.night <= recalls.night
            and claims.night + 14 >= recalls.night
    group by
        claims.order_item_id,
        claims.seller_id,
        claims.sku_id,
        claims.delivered_on
    having {{ in_range('min(recalls.night)') }}
)

select * from int_recalled_snad_claims
