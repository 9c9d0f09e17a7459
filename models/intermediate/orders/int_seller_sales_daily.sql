-- Grain: one row per seller, date of the order and night: how its paid, uncancelled
-- sales changed, all of them and those of new goods, in dollars and in euros. An order
-- that is paid, cancelled or repriced later takes back what it had added.
with all_positions as (
    select
        *,
        'EUR' as currency,
        placed_on as rate_for
    from {{ ref('int_order_positions') }}
    where night <= {{ to_night() }}
),

touched as (
    select order_id from all_positions
    where {{ in_range('night') }}
),

positions as (
    {{ periods('all_positions', 'order_id', within='touched') }}
),

rates as (
    {{ known_rates('positions') }}
),

-- what nobody described counts as new: the law asks of new or unused goods
new_goods as (
    select
        order_id,
        min(night) as night
    from {{ ref('int_order_item_values') }}
    where night <= {{ to_night() }} and coalesce(condition, 'new') = 'new'
    group by order_id
),

sales as (
    select
        positions.seller_id,
        positions.placed_on as event_date,
        1 as sales,
        cast(positions.unpriced_parts > 0 as integer) as unpriced_sales,
        cast(new_goods.order_id is not null as integer) as new_goods_sales,
        positions.paid_usd,
        case
            when new_goods.order_id is null then 0
            else positions.paid_usd
        end as new_goods_usd,
        cast(
            positions.paid_usd / cast(rates.usd_per_unit as double) as decimal(18, 2)
        ) as paid_eur,
        positions.night,
        positions.until_night
    from positions
    left join new_goods
        on positions.order_id = new_goods.order_id
            and positions.night >= new_goods.night
    left join rates
        on positions.rate_for = rates.rate_for and positions.night = rates.night
    where positions.is_paid and not positions.is_cancelled
),

changes as (
    select 1 as sign, * exclude (until_night) from sales
    union all by name
    select -1 as sign, * exclude (night, until_night), until_night as night
    from sales
    where until_night is not null
),

int_seller_sales_daily as (
    select
        seller_id,
        event_date,
        cast(sum(sign * sales) as bigint) as sales,
        cast(sum(sign * unpriced_sales) as bigint) as unpriced_sales,
        cast(sum(sign * new_goods_sales) as bigint) as new_goods_sales,
        cast(sum(sign * paid_usd) as decimal(18, 2)) as paid_usd,
        cast(sum(sign * new_goods_usd) as decimal(18, 2)) as new_goods_usd,
        cast(coalesce(sum(sign * paid_eur), 0) as decimal(18, 2)) as paid_eur,
        night
    from changes
    where {{ in_range('night') }}
    group by seller_id, event_date, night
    having
        sum(sign * sales) != 0
        or sum(sign * unpriced_sales) != 0
        or sum(sign * new_goods_sales) != 0
        or sum(sign * paid_usd) != 0
        or sum(sign * paid_eur) != 0
)

select * from int_seller_sales_daily
