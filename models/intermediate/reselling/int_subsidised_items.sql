-- Grain: one row per order item of a known article of whose price the platform bore a
-- large part (RSL-04's policy), on the night it became known.
with sales as (
    select * from {{ ref('int_item_sales') }}
    where
        {{ in_range('night') }}
        and order_type = 'normal'
        and gtin is not null
        and platform_discount_usd > 0
),

policy as (
    {{ policy_in_force('RSL-04', ['min_discount_share']) }}
),

int_subsidised_items as (
    select
        sales.order_item_id,
        sales.order_id,
        sales.buyer_user_id,
        sales.gtin,
        sales.region,
        sales.business_line,
        sales.quantity,
        sales.gross_usd,
        sales.paid_usd,
        sales.platform_discount_usd,
        cast(sales.placed_at as date) as placed_on,
        sales.night,
        sales.placed_at
    from sales
    inner join policy on {{ policy_applies('sales') }}
    where
        sales.platform_discount_usd >= policy.min_discount_share * sales.gross_usd
)

select * from int_subsidised_items
