-- The orders a label speaks of: its own, its payment's, and for a label on a party or a
-- device those placed in the time before it that policy lets it reach. One row per
-- statement of a label and order, on the night both were known.
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

policy as (
    select * from {{ ref('int_policy_money') }}
),

parties as (
    select
        orders.order_id,
        orders.region,
        orders.business_line,
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

of_parties as (
    select
        parties.* exclude (night),
        parties.night as order_night,
        labels.statement_id,
        labels.labelled_at,
        labels.night
    from labels
    inner join parties
        on
            labels.target_type = parties.target_type
            and labels.target_id = parties.target_id
            and labels.labelled_at >= parties.placed_at
),

named as (
    select
        statement_id,
        target_id as order_id,
        0 as scope,
        night
    from labels
    where target_type = 'order'
    union all
    select
        labels.statement_id,
        payments.order_id,
        0 as scope,
        greatest(labels.night, payments.night) as night
    from labels
    inner join {{ ref('stg_payment_attempts') }} as payments
        on labels.target_type = 'payment' and labels.target_id = payments.payment_id
    where payments.order_id is not null
    union all
    select
        of_parties.statement_id,
        of_parties.order_id,
        1 as scope,
        greatest(of_parties.night, of_parties.order_night) as night
    from of_parties
    inner join policy
        on
            {{ policy_applies('of_parties') }}
            and cast(of_parties.placed_at as date)
            >= cast(of_parties.labelled_at as date) - policy.label_reach_days
),

int_label_orders as (
    select
        statement_id,
        order_id,
        min(scope) as scope,
        min(night) as night
    from named
    group by statement_id, order_id
    having {{ in_range('min(night)') }}
)

select * from int_label_orders
