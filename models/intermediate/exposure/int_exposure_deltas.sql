-- Exposure as dated changes. A night announces how an order's exposure will run from
-- now on, and takes back what an earlier night had announced of the same days. The
-- snapshot of day E as known on night N is the sum of what has night <= N and
-- effective_on <= E. One row per order, its attributes, night and day on which the
-- change takes effect.
with steps as (
    select *
    from {{ ref('int_exposure_steps') }}
    where
        night <= {{ to_night() }}
        and {{ touched('order_id', ref('int_exposure_steps')) }}
),

touches as (
    select
        order_id,
        currency,
        night,
        lead(night) over (partition by order_id, currency order by night) as next_night
    from (select distinct order_id, currency, night from steps) as nights
),

-- a step holds from its day to the day of the next one
levels as (
    select
        steps.*,
        touches.next_night,
        lead(steps.effective_on) over (
            partition by steps.order_id, steps.currency, steps.night
            order by steps.effective_on
        ) as ends_on
    from steps
    inner join touches
        on
            steps.order_id = touches.order_id
            and steps.currency = touches.currency
            and steps.night = touches.night
),

announced as (
    select
        *,
        1 as direction
    from levels
    union all
    select
        * replace (ends_on as effective_on),
        -1 as direction
    from levels
    where ends_on is not null
),

changes as (
    select * from announced
    union all
    select
        * replace (
            next_night as night,
            greatest(effective_on, next_night) as effective_on,
            -direction as direction
        )
    from announced
    where next_night is not null
),

int_exposure_deltas as (
    select
        order_id,
        seller_id,
        region,
        business_line,
        scenario,
        currency,
        cast(sum(direction * open_orders) as bigint) as open_orders,
        cast(sum(direction * unvalued_orders) as bigint) as unvalued_orders,
        cast(sum(direction * gross_minor) as bigint) as gross_minor,
        cast(sum(direction * secured_minor) as bigint) as secured_minor,
        cast(sum(direction * ead_minor) as bigint) as ead_minor,
        cast(coalesce(sum(direction * gross_usd), 0) as decimal(18, 2)) as gross_usd,
        cast(coalesce(sum(direction * secured_usd), 0) as decimal(18, 2))
            as secured_usd,
        cast(coalesce(sum(direction * ead_usd), 0) as decimal(18, 2)) as ead_usd,
        captured_on,
        effective_on,
        night
    from changes
    where {{ in_range('night') }}
    group by all
    having
        sum(direction * gross_minor) != 0
        or sum(direction * secured_minor) != 0
        or coalesce(sum(direction * gross_usd), 0) != 0
        or coalesce(sum(direction * secured_usd), 0) != 0
        or sum(direction * unvalued_orders) != 0
)

select * from int_exposure_deltas
