-- The seller's money of an order that the platform still holds: entries that cannot be
-- paid out yet (unsettled, until the day they can) and the reserve (until it is
-- released). One row per balance entry and kind, from the night its order is known.
with items as (
    select
        order_item_id,
        order_id,
        night
    from {{ ref('stg_order_items') }}
    where night <= {{ to_night() }}
),

entries as (
    select *
    from {{ ref('stg_settlement_lines') }}
    where
        night <= {{ to_night() }}
        and (
            {{ in_range('night') }}
            or {{ touched('order_item_id', ref('stg_order_items')) }}
        )
),

placed as (
    select
        entries.line_id,
        items.order_id,
        entries.line_type,
        entries.currency,
        entries.amount_minor,
        cast(entries.available_at as date) as available_on,
        entries.posted_at,
        greatest(entries.night, items.night) as night
    from entries
    inner join items on entries.order_item_id = items.order_item_id
),

kinds as (
    select
        *,
        'unsettled' as kind
    from placed
    where available_on > night
    union all by name
    select
        * replace (-amount_minor as amount_minor, cast(null as date) as available_on),
        'reserve' as kind
    from placed
    where line_type in ('reserve_hold', 'reserve_release')
),

int_exposure_settlements as (
    select
        line_id,
        order_id,
        kind,
        currency,
        cast(amount_minor as bigint) as amount_minor,
        available_on,
        night,
        posted_at
    from kinds
    where {{ in_range('night') }}
)

select * from int_exposure_settlements
