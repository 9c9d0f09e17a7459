-- Who is owed for an order: one row per order and night on which its seller or creator
-- became known or changed.
with orders as (
    select
        order_id,
        record_seq,
        seller_id,
        creator_id,
        night
    from {{ ref('stg_orders') }}
    where
        night <= {{ to_night() }}
        and {{ touched('order_id', ref('stg_orders')) }}
),

versions as (
    {{ became_current('orders', ['order_id']) }}
),

changes as (
    select
        order_id,
        seller_id,
        creator_id,
        night
    from versions
    qualify
        row_number() over (partition by order_id order by night) = 1
        or seller_id is distinct from lag(seller_id)
            over (
                partition by order_id order by night
            )
        or creator_id is distinct from lag(creator_id) over (
            partition by order_id order by night
        )
),

int_order_parties as (
    select *
    from changes
    where {{ in_range('night') }}
)

select * from int_order_parties
