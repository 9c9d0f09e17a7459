-- Grain: one row per order whose buyer claimed it never arrived, on the night that was
-- first known.
with returns as (
    select * from {{ ref('stg_returns') }}
    where night <= {{ to_night() }} and reason = 'not_received'
),

items as (
    select * from {{ ref('stg_order_items') }}
    where night <= {{ to_night() }}
),

int_nonreceipt_claims as (
    select
        items.order_id,
        min(greatest(returns.night, items.night)) as night
    from returns
    inner join items on returns.order_item_id = items.order_item_id
    group by items.order_id
    having {{ in_range('min(greatest(returns.night, items.night))') }}
)

select * from int_nonreceipt_claims
