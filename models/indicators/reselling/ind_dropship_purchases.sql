-- Grain: one row per seller, night and record of its dropships to judge on that night:
-- the record of the night, and those of 120 nights before with a purchase whose card is
-- reported on it. What the platform paid for both orders of each pair, and what was
-- paid with reported cards.
with records as (
    select * from {{ ref('ind_seller_dropships') }}
    where night between {{ from_night() }} - 120 and {{ to_night() }}
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }} and order_type = 'normal'
),

reported as (
    select * from {{ ref('int_reported_orders') }}
    where night <= {{ to_night() }}
),

orders as (
    select
        entity_id,
        night as recorded_on,
        false as is_upstream,
        unnest(sold_order_ids) as order_id
    from records
    union all
    select
        entity_id,
        night as recorded_on,
        true as is_upstream,
        unnest(bought_order_ids) as order_id
    from records
),

nights as (
    select
        entity_id,
        night as recorded_on,
        night
    from records
    where {{ in_range('night') }}
    union
    select
        orders.entity_id,
        orders.recorded_on,
        reported.night
    from orders
    inner join reported on orders.order_id = reported.order_id
    where
        orders.is_upstream
        and reported.night between orders.recorded_on + 1 and orders.recorded_on + 120
        and {{ in_range('reported.night') }}
),

ind_dropship_purchases as (
    select
        'seller' as entity_type,
        nights.entity_id,
        nights.recorded_on,
        nights.night,
        count(distinct reported.order_id) as reported_orders,
        coalesce(sum(sales.platform_discount_usd), 0)
        + coalesce(sum(sales.shipping_subsidy_usd), 0) as subsidies_usd,
        coalesce(sum(sales.paid_usd) filter (where reported.order_id is not null), 0)
            as reported_usd,
        min(sales.placed_at) as first_event_at,
        max(sales.placed_at) as last_event_at
    from nights
    inner join orders
        on
            nights.entity_id = orders.entity_id
            and nights.recorded_on = orders.recorded_on
    inner join sales
        on orders.order_id = sales.order_id and nights.night >= sales.night
    left join reported
        on
            orders.is_upstream
            and orders.order_id = reported.order_id
            and nights.night >= reported.night
    group by nights.entity_id, nights.recorded_on, nights.night
)

select * from ind_dropship_purchases
