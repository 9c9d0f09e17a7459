-- Grain: one row per order and night on which an item of it became known: what the
-- buyer paid and what the platform paid towards it, over all its items so far. Samples
-- and tests are no sales.
with sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and {{ touched('order_id', ref('int_item_sales')) }}
),

policy as (
    {{ policy_in_force('INC-06', ['max_buyer_cost_usd']) }}
),

totals as (
    select
        order_id,
        min(region) as region,
        min(business_line) as business_line,
        min(seller_id) as seller_id,
        min(buyer_user_id) as buyer_user_id,
        min(cast(placed_at as date)) as placed_on,
        sum(sum(paid_usd)) over so_far as paid_usd,
        sum(sum(
            coalesce(platform_discount_usd, 0) + coalesce(shipping_subsidy_usd, 0)
        )) over so_far as platform_usd,
        sum(count(*) filter (where paid_usd is null)) over so_far as unpriced_items,
        night,
        min(placed_at) as placed_at
    from sales
    group by order_id, night
    window so_far as (partition by order_id order by night)
),

int_order_subsidies as (
    select
        totals.order_id,
        totals.seller_id,
        totals.buyer_user_id,
        totals.placed_on,
        cast(totals.unpriced_items as bigint) as unpriced_items,
        cast(coalesce(totals.paid_usd, 0) as decimal(18, 2)) as paid_usd,
        cast(totals.platform_usd as decimal(18, 2)) as platform_usd,
        coalesce(
            totals.unpriced_items = 0 and totals.paid_usd <= policy.max_buyer_cost_usd,
            false
        ) as is_near_free,
        totals.night,
        totals.placed_at
    from totals
    left join policy on {{ policy_applies('totals') }}
    where {{ in_range('totals.night') }}
)

select * from int_order_subsidies
