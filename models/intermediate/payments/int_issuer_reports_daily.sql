-- Grain: one row per seller, creator or card range, settlement date and arrival night:
-- card payments that were settled, and those of them an issuer reported as fraud, on
-- the date of the payment and the night both were known.
with captures as (
    select
        *,
        left(card_bin, 6) as card_bin6,
        cast(coalesce(settled_at, attempted_at) as date) as event_date
    from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and kind = 'capture'
        and result = 'approved'
        and card_bin is not null
),

reports as (
    select payment_id, min(night) as night
    from {{ ref('stg_issuer_fraud_reports') }}
    where night <= {{ to_night() }}
    group by payment_id
),

versions as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }}
),

moved as (
    select payment_id from captures
    where
        {{ in_range('night') }}
        or {{ touched('payment_id', 'reports') }}
        or {{ touched('order_id', 'versions') }}
),

payments as (
    select * from captures
    where payment_id in (select moved.payment_id from moved)
),

orders as (
    select * from versions
    where order_id in (select payments.order_id from payments)
    qualify row_number() over (
            partition by order_id order by night asc, record_seq desc
        ) = 1
),

parties as (
    select
        payment_id,
        event_date,
        'bin6' as entity_type,
        card_bin6 as entity_id,
        night
    from payments
    {% for party in ['seller', 'creator'] %}
        union all
        select
            payments.payment_id,
            payments.event_date,
            '{{ party }}' as entity_type,
            orders.{{ party }}_id as entity_id,
            greatest(payments.night, orders.night) as night
        from payments
        inner join orders on payments.order_id = orders.order_id
        where orders.{{ party }}_id is not null
    {% endfor %}
),

facts as (
    select
        entity_type,
        entity_id,
        1 as settled,
        0 as reported,
        event_date,
        night
    from parties
    union all
    select
        parties.entity_type,
        parties.entity_id,
        0 as settled,
        1 as reported,
        parties.event_date,
        greatest(parties.night, reports.night) as night
    from parties
    inner join reports on parties.payment_id = reports.payment_id
),

int_issuer_reports_daily as (
    select
        entity_type,
        entity_id,
        cast(sum(settled) as bigint) as settled,
        cast(sum(reported) as bigint) as reported,
        event_date,
        night
    from facts
    where {{ in_range('night') }}
    group by entity_type, entity_id, event_date, night
)

select * from int_issuer_reports_daily
