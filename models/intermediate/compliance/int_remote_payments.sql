-- Settled card payments in euros, with the region of the order as known that night. One
-- row per capture.
with captures as (
    select
        *,
        cast(attempted_at as date) as rate_for
    from {{ ref('stg_payment_attempts') }}
    where
        {{ in_range('night') }}
        and kind = 'capture'
        and result = 'approved'
        and scheme is not null
),

orders as (
    select
        order_id,
        region,
        night
    from {{ ref('stg_orders') }}
    where night <= {{ to_night() }} and {{ is_in('order_id', 'captures') }}
    qualify row_number() over (partition by order_id order by night, record_seq) = 1
),

-- the rate of the payment's own currency and that of the euro, in one list
wanted as (
    select
        side.currency,
        captures.rate_for,
        captures.night
    from captures
    cross join lateral (values (captures.currency), ('EUR')) as side (currency)
),

rates as (
    {{ known_rates('wanted') }}
),

valued as (
    select
        captures.*,
        {{ amount_in_usd(
            'captures.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as amount_usd
    from captures
    left join {{ ref('ref_currencies') }} as currencies
        on captures.currency = currencies.currency
    left join rates
        on
            captures.currency = rates.currency
            and captures.rate_for = rates.rate_for
            and captures.night = rates.night
),

int_remote_payments as (
    select
        valued.payment_id,
        coalesce(orders.region, 'unknown') as region,
        cast(
            valued.amount_usd / cast(rates.usd_per_unit as double) as decimal(18, 2)
        ) as amount_eur,
        valued.rate_for as paid_on,
        valued.night
    from valued
    left join orders
        on valued.order_id = orders.order_id and valued.night >= orders.night
    left join rates
        on
            rates.currency = 'EUR'
            and valued.rate_for = rates.rate_for
            and valued.night = rates.night
)

select * from int_remote_payments
