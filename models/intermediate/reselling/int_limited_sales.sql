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

states as (
    select
        *,
        lead(night) over (partition by promotion_id order by night) as until_night
    from {{ ref('int_campaign_windows') }}
    where night <= {{ to_night() }}
),

campaigns as (
    select
        sales.order_item_id,
        states.promotion_id
    from sales
    inner join states
        on
            sales.sku_id = states.sku_id
            and sales.night >= states.night
            and sales.night < coalesce(states.until_night, date '9999-12-31')
            and sales.placed_at >= states.starts_at
            and sales.placed_at
            <= coalesce(states.ends_at, timestamp '9999-12-31 00:00:00')
    qualify row_number() over (
            partition by sales.order_item_id
            order by states.starts_at desc, states.promotion_id asc
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
