-- Grain: one row per payment attempt: a request for money or a card check; captures and
-- voids follow one. Its order, session and price as known the night it arrived.
with attempts as (
    select
        *,
        cast(attempted_at as date) as rate_for
    from {{ ref('stg_payment_attempts') }}
    where kind in ('authorisation', 'verification') and {{ in_range('night') }}
),

sessions as (
    select * from {{ ref('stg_sessions') }}
),

orders as (
    select * from {{ ref('stg_orders') }}
),

currencies as (
    select * from {{ ref('ref_currencies') }}
),

decline_codes as (
    select * from {{ ref('ref_decline_codes') }}
),

rates as (
    {{ known_rates('attempts') }}
),

order_of_attempt as (
    select
        attempts.payment_id,
        max_by(orders.region, orders.record_seq) as region,
        max_by(orders.business_line, orders.record_seq) as business_line
    from attempts
    inner join orders
        on attempts.order_id = orders.order_id and attempts.night >= orders.night
    group by attempts.payment_id
),

int_payment_attempts as (
    select
        attempts.payment_id,
        attempts.session_id,
        attempts.device_id,
        attempts.ip_prefix_hash,
        left(attempts.card_bin, 6) || ':' || sessions.asn as bin6_asn,
        coalesce(
            attempts.ip_prefix_hash, attempts.device_id, attempts.user_id
        ) as network,
        order_of_attempt.region,
        order_of_attempt.business_line,
        attempts.kind,
        attempts.instrument_fingerprint,
        left(attempts.card_bin, 6) as card_bin6,
        attempts.card_last4_hash,
        attempts.currency,
        attempts.result,
        attempts.three_ds,
        attempts.amount_minor,
        {{ amount_in_usd(
            'attempts.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as amount_usd,
        coalesce(decline_codes.is_funds_related, false) as is_funds_related,
        attempts.night,
        attempts.attempted_at
    from attempts
    left join order_of_attempt on attempts.payment_id = order_of_attempt.payment_id
    left join sessions
        on
            attempts.session_id = sessions.session_id
            and attempts.night >= sessions.night
    left join decline_codes on attempts.decline_code = decline_codes.decline_code
    left join currencies on attempts.currency = currencies.currency
    left join rates
        on
            attempts.currency = rates.currency
            and attempts.rate_for = rates.rate_for
            and attempts.night = rates.night
)

select * from int_payment_attempts
