{{ config(materialized='table') }}

-- What analysts and outcomes have confirmed as abuse, as labels stand now: one row per
-- object reached and disposition that reaches it, with the days it reaches. The last
-- conclusive word on a target stands.
with dispositions as (
    select *
    from {{ ref('stg_case_dispositions') }}
    qualify row_number() over (
            partition by disposition_id order by record_seq desc
        ) = 1
),

last_words as (
    select *
    from dispositions
    where disposition != 'inconclusive'
    qualify row_number() over (
            partition by target_type, target_id, order_item_id, scenario
            order by labelled_at desc, disposition_id desc
        ) = 1
),

confirmed as (
    select * from last_words
    where disposition in ('confirmed_fraud', 'confirmed_abuse')
),

payments as (
    select
        payment_id,
        order_id
    from {{ ref('stg_payment_attempts') }}
    where payment_id in (select confirmed.target_id from confirmed)
),

returned as (
    select
        return_id,
        min(order_item_id) as order_item_id
    from {{ ref('stg_returns') }}
    where return_id in (select confirmed.target_id from confirmed)
    group by return_id
),

reached as (
    select
        confirmed.disposition_id,
        case
            when confirmed.order_item_id is not null then 'order_item'
            else reach.reaches
        end as reached_type,
        coalesce(confirmed.order_item_id, case confirmed.target_type
            when 'payment' then payments.order_id
            when 'return' then returned.order_item_id
            else confirmed.target_id
        end) as reached_id,
        reach.reach_days,
        cast(confirmed.labelled_at as date) as labelled_on
    from confirmed
    left join {{ ref('ref_label_reach') }} as reach
        on
            confirmed.target_type = reach.target_type
            and reach.scenario in (confirmed.scenario, 'all')
    left join payments
        on
            confirmed.target_type = 'payment'
            and confirmed.target_id = payments.payment_id
    left join returned
        on
            confirmed.target_type = 'return'
            and confirmed.target_id = returned.return_id
),

int_confirmed_labels as (
    select
        disposition_id,
        reached_id,
        reached_type,
        case
            when reached_type in ('order', 'order_item', 'award') then date '1900-01-01'
            else labelled_on - coalesce(reach_days, 0)
        end as reaches_from,
        case
            when reached_type in ('order', 'order_item', 'award') then date '9999-12-31'
            else labelled_on
        end as reaches_to
    from reached
    where reached_type is not null and reached_id is not null
)

select * from int_confirmed_labels
