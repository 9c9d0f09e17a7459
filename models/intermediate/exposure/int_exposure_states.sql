-- What an order exposes as known on a night: what could still be asked back, what of it
-- is held, and until which day. One row per order, currency and night on which
-- something of the order changed, from its first capture on.
with moves as (
    select * from {{ ref('int_exposure_moves') }}
    where night <= {{ to_night() }}
),

arrivals as (
    select
        order_id,
        night
    from moves
    where {{ in_range('night') }}
    union
    select
        order_id,
        night
    from {{ ref('int_exposure_orders') }}
    where {{ in_range('night') }}
    union
    select
        order_id,
        night
    from {{ ref('int_exposure_scenarios') }}
    where {{ in_range('night') }}
),

orders as (
    {{ periods(ref('int_exposure_orders'), 'order_id', within='arrivals') }}
),

scenarios as (
    {{ periods(ref('int_exposure_scenarios'), 'order_id', within='arrivals') }}
),

amounts as (
    select
        arrivals.order_id,
        moves.currency,
        sum(amount_minor) filter (where kind in ('capture', 'void')) as captured_minor,
        sum(amount_minor) filter (where kind = 'refund') as refunded_minor,
        sum(amount_minor) filter (where kind = 'chargeback') as charged_back_minor,
        sum(amount_minor) filter (where kind = 'reserve') as reserve_minor,
        list(fx_rate order by event_at, move_id) filter (where kind = 'capture')
            as fx_rates,
        cast(min(event_at) filter (where kind = 'capture') as date)
            as first_captured_on,
        cast(max(event_at) filter (where kind = 'capture') as date) as last_captured_on,
        min(moves.night) filter (where kind = 'capture') as first_known_on,
        arrivals.night
    from arrivals
    inner join moves
        on arrivals.order_id = moves.order_id and arrivals.night >= moves.night
    group by arrivals.order_id, moves.currency, arrivals.night
    having count(*) filter (where kind = 'capture') > 0
),

-- the windows are those in force when the payment became known
captured as (
    select
        amounts.* exclude (night),
        orders.seller_id,
        orders.region,
        orders.business_line,
        orders.placed_at,
        orders.delivered_at,
        scenarios.scenario,
        amounts.night as state_night,
        amounts.first_known_on as night
    from amounts
    left join orders
        on
            amounts.order_id = orders.order_id
            and amounts.night >= orders.night
            and amounts.night < coalesce(orders.until_night, date '9999-12-31')
    left join scenarios
        on
            amounts.order_id = scenarios.order_id
            and amounts.night >= scenarios.night
            and amounts.night < coalesce(scenarios.until_night, date '9999-12-31')
),

int_exposure_states as (
    select
        captured.order_id,
        captured.seller_id,
        coalesce(captured.region, 'unknown') as region,
        coalesce(captured.business_line, 'unknown') as business_line,
        coalesce(captured.scenario, 'none') as scenario,
        captured.currency,
        cast(captured.captured_minor as bigint) as captured_minor,
        cast(coalesce(captured.refunded_minor, 0) as bigint) as refunded_minor,
        cast(coalesce(captured.charged_back_minor, 0) as bigint) as charged_back_minor,
        cast(coalesce(captured.reserve_minor, 0) as bigint) as reserve_minor,
        cast(greatest(
            captured.captured_minor - coalesce(captured.refunded_minor, 0)
            - coalesce(captured.charged_back_minor, 0), 0
        ) as bigint) as kept_minor,
        captured.fx_rates[1] as fx_rate,
        least(captured.first_captured_on, captured.first_known_on) as captured_on,
        greatest(
            captured.last_captured_on + policy.dispute_window_days,
            coalesce(
                cast(captured.delivered_at as date)
                + coalesce(regions.return_window_days, 30),
                cast(captured.placed_at as date) + policy.undelivered_return_days
            )
        ) as closes_on,
        captured.state_night as night
    from captured
    inner join {{ ref('int_policy_money') }} as policy
        on {{ policy_applies('captured', 'policy') }}
    left join {{ ref('ref_regions') }} as regions on captured.region = regions.region
)

select * from int_exposure_states
