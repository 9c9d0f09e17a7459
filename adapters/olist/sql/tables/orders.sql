-- Grain: one row per order and version. Each dated step arrives when it happened; a
-- final status without a date (cancelled, unavailable) arrives at the extract's end.
with facts as (
    select
        order_id,
        1 as step,
        placed_at as known_at
    from order_facts

    union all

    select
        order_id,
        2 as step,
        greatest(approved_at, placed_at) as known_at
    from order_facts
    where approved_at is not null

    union all

    select
        order_id,
        3 as step,
        greatest(shipped_at, placed_at) as known_at
    from order_facts
    where shipped_at is not null

    union all

    select
        order_id,
        4 as step,
        greatest(delivered_at, placed_at) as known_at
    from order_facts
    where delivered_at is not null
),

final_statuses as (
    select
        order_facts.order_id,
        list_position(
            ['placed', 'paid', 'shipped', 'delivered', 'cancelled'],
            order_facts.final_status
        ) as step,
        extract_end.extract_ended_at as known_at
    from order_facts
    cross join extract_end
),

-- what is known at each moment: how far the order had come, and which steps are dated
known as (
    select
        *,
        max(step) over so_far as furthest_step,
        bool_or(step = 2 and not is_final) over so_far as is_paid,
        bool_or(step = 4 and not is_final) over so_far as is_delivered
    from (
        select
            *,
            false as is_final
        from facts

        union all

        select
            *,
            true as is_final
        from final_statuses
    ) as steps
    window so_far as (
        partition by order_id
        order by known_at, is_final, step
        rows between unbounded preceding and current row
    )
),

-- a step that tells nothing new is not a version
versions as (
    select * from known
    qualify
        (furthest_step, is_paid, is_delivered) is distinct from lag(
            (furthest_step, is_paid, is_delivered)
        ) over (
            partition by order_id
            order by known_at, is_final, step
        )
)

select
    versions.order_id,
    order_facts.user_id as buyer_user_id,
    order_sellers.seller_id,
    'BR' as region,
    'marketplace' as business_line,
    'BRL' as currency,
    user_addresses.address_id as shipping_address_id,
    order_payment_methods.payment_method,
    order_facts.placed_at,
    case when versions.is_paid then order_facts.approved_at end as paid_at,
    case when versions.is_delivered then order_facts.delivered_at end as delivered_at,
    ['placed', 'paid', 'shipped', 'delivered', 'cancelled'][versions.furthest_step]
        as status,
    row_number() over (
        partition by versions.order_id
        order by versions.known_at, versions.is_final, versions.step
    ) as record_seq,
    versions.known_at as ingested_at
from versions
inner join order_facts on versions.order_id = order_facts.order_id
inner join order_sellers on versions.order_id = order_sellers.order_id
inner join user_addresses
    on
        order_facts.user_id = user_addresses.user_id
        and order_facts.postcode = user_addresses.postcode
        and order_facts.city = user_addresses.city
left join order_payment_methods
    on versions.order_id = order_payment_methods.order_id
