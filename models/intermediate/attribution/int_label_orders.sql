-- The orders a label speaks of: its own, its payment's, and for a label on a party or a
-- device those placed before it was given. One row per label and order, on the night
-- both were known.
with labels as (
    select * from {{ ref('int_label_targets') }}
    where night <= {{ to_night() }}
),

orders as (
    select *
    from {{ ref('stg_orders') }}
    where night <= {{ to_night() }}
    qualify row_number() over (partition by order_id order by night, record_seq) = 1
),

parties as (
    select
        orders.order_id,
        party.target_type,
        case party.target_type
            when 'user' then orders.buyer_user_id
            when 'seller' then orders.seller_id
            when 'creator' then orders.creator_id
            else orders.device_id
        end as target_id,
        orders.placed_at,
        orders.night
    from orders
    cross join
        (values ('user'), ('seller'), ('creator'), ('device')) as party (target_type)
),

named as (
    select
        label_id,
        target_id as order_id,
        0 as scope,
        night
    from labels
    where target_type = 'order'
    union all
    select
        labels.label_id,
        payments.order_id,
        0 as scope,
        greatest(labels.night, payments.night) as night
    from labels
    inner join {{ ref('stg_payment_attempts') }} as payments
        on labels.target_type = 'payment' and labels.target_id = payments.payment_id
    where payments.order_id is not null
    union all
    select
        labels.label_id,
        parties.order_id,
        1 as scope,
        greatest(labels.night, parties.night) as night
    from labels
    inner join parties
        on
            labels.target_type = parties.target_type
            and labels.target_id = parties.target_id
            and labels.labelled_at >= parties.placed_at
),

int_label_orders as (
    select
        label_id,
        order_id,
        min(scope) as scope,
        min(night) as night
    from named
    group by label_id, order_id
    having {{ in_range('min(night)') }}
)

select * from int_label_orders
