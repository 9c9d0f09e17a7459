-- Grain: one row per order item of a listing of which one customer may buy only so
-- many, on the night it became known, with the campaign of the listing it fell into, as
-- far as campaigns were known by then.
with sales as (
    select * from {{ ref('int_item_sales') }}
    where
        {{ in_range('night') }}
        and order_type = 'normal'
        and max_per_customer is not null
),

promotions as (
    select * from {{ ref('stg_promotions') }}
    where night <= {{ to_night() }} and sku_id is not null
),

known as (
    select
        sales.order_item_id,
        sales.placed_at,
        promotions.promotion_id,
        max_by(promotions.starts_at, promotions.record_seq) as starts_at,
        max_by(
            coalesce(promotions.ends_at, timestamp '9999-12-31 00:00:00'),
            promotions.record_seq
        ) as ends_at
    from sales
    inner join promotions
        on sales.sku_id = promotions.sku_id and sales.night >= promotions.night
    group by sales.order_item_id, sales.placed_at, promotions.promotion_id
),

campaigns as (
    select * from known
    where placed_at between starts_at and ends_at
    qualify row_number() over (
            partition by order_item_id order by starts_at desc, promotion_id asc
        ) = 1
),

int_limited_sales as (
    select
        sales.order_item_id,
        sales.order_id,
        sales.buyer_user_id,
        sales.sku_id,
        coalesce(campaigns.promotion_id, 'none') as promotion_id,
        sales.region,
        sales.business_line,
        sales.quantity,
        sales.max_per_customer,
        sales.platform_discount_usd,
        cast(sales.placed_at as date) as placed_on,
        sales.night,
        sales.placed_at
    from sales
    left join campaigns on sales.order_item_id = campaigns.order_item_id
)

select * from int_limited_sales
