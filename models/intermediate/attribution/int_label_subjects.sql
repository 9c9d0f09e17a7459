-- What the cause a label names applies to: the items of its orders, the orders
-- themselves for money that belongs to no single item, and rewards. One row per
-- statement of a label and subject, on the night both were known.
with labels as (
    select * from {{ ref('int_label_targets') }}
    where night <= {{ to_night() }}
),

orders as (
    select * from {{ ref('int_label_orders') }}
    where night <= {{ to_night() }}
),

items as (
    select * from {{ ref('stg_order_items') }}
    where night <= {{ to_night() }}
),

returned_items as (
    select *
    from {{ ref('stg_returns') }}
    where night <= {{ to_night() }}
    qualify row_number() over (partition by return_id order by night, record_seq) = 1
),

rewards as (
    select * from {{ ref('int_label_rewards') }}
    where night <= {{ to_night() }}
),

subjects as (
    select
        statement_id,
        'order' as subject_type,
        order_id as subject_id,
        scope,
        night
    from orders
    union all
    select
        orders.statement_id,
        'order_item' as subject_type,
        items.order_item_id as subject_id,
        orders.scope,
        greatest(orders.night, items.night) as night
    from orders
    inner join items on orders.order_id = items.order_id
    union all
    select
        statement_id,
        'order_item' as subject_type,
        target_id as subject_id,
        0 as scope,
        night
    from labels
    where target_type = 'order_item'
    union all
    select
        labels.statement_id,
        'order_item' as subject_type,
        returned_items.order_item_id as subject_id,
        0 as scope,
        greatest(labels.night, returned_items.night) as night
    from labels
    inner join returned_items
        on labels.target_type = 'return' and labels.target_id = returned_items.return_id
    union all
    select
        statement_id,
        'reward' as subject_type,
        reward_id as subject_id,
        scope,
        night
    from rewards
),

int_label_subjects as (
    select *
    from subjects
    where {{ in_range('night') }}
)

select * from int_label_subjects
