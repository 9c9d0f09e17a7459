-- What a dispute has lost before and after each step, split over the items of its order
-- in proportion to what they cost, as known on a night; whole while no item is known.
-- One row per key (dispute), night, stage, step and item.
with moves as (
    select *
    from {{ ref('int_ledger_dispute_moves') }}
    where
        {{ in_range('night') }}
        and (lost_minor != 0 or lost_before_minor != 0)
),

items as (
    select *
    from {{ ref('stg_order_items') }}
    where
        night <= {{ to_night() }}
        and paid_minor > 0
        and {{ is_in('order_id', 'moves') }}
),

weighed as (
    select
        moves.*,
        items.order_item_id,
        coalesce(items.paid_minor, 1) as weight,
        sum(coalesce(items.paid_minor, 1)) over (
            partition by moves.night, moves.fact_id
        ) as total_weight
    from moves
    left join items
        on
            moves.order_id = items.order_id
            and moves.currency = items.currency
            and moves.night >= items.night
),

int_ledger_dispute_losses as (
    select
        dispute_id,
        fact_id,
        recovered_fact_id,
        payment_id,
        order_id,
        order_item_id,
        seller_id,
        borne_on,
        borne_before_on,
        currency,
        {{ largest_remainder(
            'lost_minor', 'weight', 'total_weight', 'night, fact_id', 'order_item_id'
        ) }} as lost_minor,
        {{ largest_remainder(
            'lost_before_minor', 'weight', 'total_weight', 'night, fact_id',
            'order_item_id'
        ) }} as lost_before_minor,
        event_at,
        night
    from weighed
)

select * from int_ledger_dispute_losses
