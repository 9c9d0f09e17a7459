-- How the exposure of an order will run, as known on a night: it steps on that night,
-- on each day on which money of the seller may be paid out, and on the day its last
-- deadline passes. One row per order, currency, night of its state and day of a step.
with states as (
    select * from {{ ref('int_exposure_states') }}
    where {{ in_range('night') }}
),

held as (
    select * from {{ ref('int_exposure_holds') }}
    where {{ in_range('night') }}
),

days as (
    select
        order_id,
        currency,
        night,
        night as effective_on
    from states
    union
    select
        order_id,
        currency,
        night,
        closes_on as effective_on
    from states
    where closes_on > night
    union
    select
        order_id,
        currency,
        night,
        available_on as effective_on
    from held
),

covers as (
    select
        days.order_id,
        days.currency,
        days.night,
        days.effective_on,
        coalesce(sum(held.amount_minor), 0) as unsettled_minor
    from days
    left join held
        on
            days.order_id = held.order_id
            and days.currency = held.currency
            and days.night = held.night
            and days.effective_on < held.available_on
    group by days.order_id, days.currency, days.night, days.effective_on
),

amounts as (
    select
        states.*,
        covers.effective_on,
        case
            when covers.effective_on < states.closes_on then states.kept_minor
            else 0
        end as gross_minor,
        greatest(covers.unsettled_minor + states.reserve_minor, 0) as cover_minor,
        cast(least(gross_minor, cover_minor) as bigint) as secured_minor,
        cast(greatest(gross_minor - cover_minor, 0) as bigint) as ead_minor
    from covers
    inner join states
        on
            covers.order_id = states.order_id
            and covers.currency = states.currency
            and covers.night = states.night
),

valued as (
    select
        amounts.*,
        {{ amount_in_usd(
            'amounts.gross_minor', 'amounts.fx_rate', 'currencies.exponent'
        ) }} as gross_usd,
        {{ amount_in_usd(
            'amounts.ead_minor', 'amounts.fx_rate', 'currencies.exponent'
        ) }} as ead_usd
    from amounts
    left join {{ ref('ref_currencies') }} as currencies
        on amounts.currency = currencies.currency
),

int_exposure_steps as (
    select
        order_id,
        seller_id,
        region,
        business_line,
        scenario,
        currency,
        cast(gross_minor > 0 as bigint) as open_orders,
        cast(gross_minor > 0 and gross_usd is null as bigint) as unvalued_orders,
        gross_minor,
        secured_minor,
        ead_minor,
        gross_usd,
        cast(gross_usd - ead_usd as decimal(18, 2)) as secured_usd,
        ead_usd,
        captured_on,
        effective_on,
        night
    from valued
)

select * from int_exposure_steps
