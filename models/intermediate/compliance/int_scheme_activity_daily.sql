-- What card schemes count, by the day it happened and the night it became known. One
-- row per scheme, region of the order, measure, date and night; nights add up.
with facts as (
    select * from {{ ref('int_scheme_facts') }}
    where {{ in_range('night') }}
),

payments as (
    select
        payment_id,
        order_id,
        user_id,
        scheme,
        night
    from {{ ref('stg_payment_attempts') }}
    where night <= {{ to_night() }} and {{ is_in('payment_id', 'facts') }}
),

orders as (
    select
        order_id,
        region,
        night
    from {{ ref('stg_orders') }}
    where night <= {{ to_night() }} and {{ is_in('order_id', 'payments') }}
    qualify row_number() over (partition by order_id order by night, record_seq) = 1
),

users as (
    select
        user_id,
        region,
        night
    from {{ ref('stg_users') }}
    where night <= {{ to_night() }} and {{ is_in('user_id', 'payments') }}
    qualify row_number() over (partition by user_id order by night, record_seq) = 1
),

-- what is taken back leaves the region it was put in
int_scheme_activity_daily as (
    select
        coalesce(facts.scheme, payments.scheme, 'unknown') as scheme,
        coalesce(orders.region, users.region, 'unknown') as region,
        facts.measure,
        cast(sum(facts.amount) as decimal(18, 2)) as amount,
        facts.activity_date,
        facts.night
    from facts
    left join payments
        on
            facts.payment_id = payments.payment_id
            and facts.first_night >= payments.night
    left join orders
        on
            payments.order_id = orders.order_id
            and facts.first_night >= orders.night
    left join users
        on
            payments.user_id = users.user_id
            and facts.first_night >= users.night
    group by all
    having sum(facts.amount) != 0
)

select * from int_scheme_activity_daily
