-- How much of an order's reserve pays for what its lost disputes put on the seller: the
-- reserve is used before what we owe the seller otherwise. One row per order, seller,
-- currency and night on which that changed.
with postings as (
    select *
    from {{ ref('int_ledger_deltas') }}
    where account in ('seller_payable', 'seller_reserve') and night <= {{ to_night() }}
),

borne as (
    select
        order_id,
        party_id as seller_id,
        currency,
        amount_minor as borne_minor,
        0 as held_minor,
        night
    from postings
    where account = 'seller_payable' and fact_id like 'dispute_events|%'
),

items as (
    select
        order_item_id,
        order_id,
        night
    from {{ ref('stg_order_items') }}
    where night <= {{ to_night() }} and {{ is_in('order_id', 'borne') }}
),

-- a reserve belongs to its order from the night its item is known
held as (
    select
        items.order_id,
        postings.party_id as seller_id,
        postings.currency,
        0 as borne_minor,
        -postings.amount_minor as held_minor,
        greatest(postings.night, items.night) as night
    from postings
    inner join items on postings.order_item_id = items.order_item_id
    where postings.account = 'seller_reserve'
),

moves as (
    select * from borne
    union all
    select * from held
),

nights as (
    select
        order_id,
        seller_id,
        currency,
        night,
        sum(borne_minor) as borne_minor,
        sum(held_minor) as held_minor
    from moves
    where {{ touched('order_id', 'moves') }}
    group by order_id, seller_id, currency, night
),

levels as (
    select
        *,
        greatest(
            least(sum(borne_minor) over so_far, sum(held_minor) over so_far), 0
        ) as used_minor
    from nights
    window so_far as (
        partition by order_id, seller_id, currency
        order by night
        rows between unbounded preceding and current row
    )
),

changes as (
    select
        *,
        used_minor - lag(used_minor, 1, 0) over (
            partition by order_id, seller_id, currency order by night
        ) as change_minor
    from levels
),

int_reserve_uses as (
    select
        order_id,
        seller_id,
        currency,
        cast(used_minor as bigint) as used_minor,
        cast(change_minor as bigint) as change_minor,
        night
    from changes
    where change_minor != 0 and {{ in_range('night') }}
)

select * from int_reserve_uses
