-- Grain: one row per payment attempt and source it came from: the device, the network,
-- or a card range on a carrier. An attempt asks for money or checks a card; captures
-- and voids follow one. Session and order as known that night.
with attempts as (
    select
        *,
        left(card_bin, 6) as card_bin6,
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

sources as (
    select
        payment_id,
        'device' as source_type,
        device_id as source_id
    from attempts
    where device_id is not null
    union all
    select
        payment_id,
        'ip_prefix' as source_type,
        ip_prefix_hash as source_id
    from attempts
    where ip_prefix_hash is not null
    union all
    select
        attempts.payment_id,
        'bin6_asn' as source_type,
        attempts.card_bin6 || ':' || sessions.asn as source_id
    from attempts
    inner join sessions
        on
            attempts.session_id = sessions.session_id
            and attempts.night >= sessions.night
    where attempts.card_bin6 is not null and sessions.asn is not null
),

int_payment_source_attempts as (
    select
        sources.source_type,
        sources.source_id,
        attempts.payment_id,
        order_of_attempt.region,
        order_of_attempt.business_line,
        attempts.instrument_fingerprint,
        attempts.card_bin6,
        attempts.card_last4_hash,
        attempts.result,
        {{ amount_in_usd(
            'attempts.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as amount_usd,
        attempts.night,
        attempts.attempted_at
    from sources
    inner join attempts on sources.payment_id = attempts.payment_id
    left join order_of_attempt on sources.payment_id = order_of_attempt.payment_id
    left join currencies on attempts.currency = currencies.currency
    left join rates
        on
            attempts.currency = rates.currency
            and attempts.rate_for = rates.rate_for
            and attempts.night = rates.night
)

select * from int_payment_source_attempts
