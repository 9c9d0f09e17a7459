-- Grain: one row per award and night, from its arrival until 28 days after its period:
-- what the creator had sold in the period and how much of it was taken back by then.
with states as (
    select
        *,
        lead(night) over (partition by award_id order by night) as until_night
    from {{ ref('int_award_states') }}
    where night <= {{ to_night() }}
),

looked_at as (
    select
        * exclude (night, until_night),
        cast(unnest(generate_series(
            greatest(night, {{ from_night() }}),
            least(
                coalesce(until_night - 1, {{ to_night() }}),
                greatest(night, period_end + 28),
                {{ to_night() }}
            ),
            interval 1 day
        )) as date) as night
    from states
),

orders as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by order_id order by night
        ) as until_night
    from {{ ref('int_creator_orders') }}
    where
        night <= {{ to_night() }}
        and creator_id in (select looked_at.creator_id from looked_at)
),

sales as (
    select
        looked_at.award_id,
        looked_at.night,
        count(*) as orders,
        count(*) filter (where orders.is_reversed) as reversed_orders,
        cast(sum(orders.unpriced_parts) as bigint) as unpriced_parts,
        cast(sum(orders.paid_usd) as decimal(18, 2)) as sold_usd,
        cast(sum(orders.reversed_usd) as decimal(18, 2)) as reversed_usd
    from looked_at
    inner join orders
        on
            looked_at.creator_id = orders.creator_id
            and orders.placed_on between looked_at.period_start and looked_at.period_end
            and looked_at.night >= orders.night
            and looked_at.night < orders.until_night
    group by looked_at.award_id, looked_at.night
),

int_award_sales as (
    select
        looked_at.*,
        coalesce(sales.orders, 0) as orders,
        coalesce(sales.reversed_orders, 0) as reversed_orders,
        coalesce(sales.unpriced_parts, 0) as unpriced_parts,
        coalesce(sales.sold_usd, 0) as sold_usd,
        coalesce(sales.reversed_usd, 0) as reversed_usd
    from looked_at
    left join sales using (award_id, night)
)

select * from int_award_sales
