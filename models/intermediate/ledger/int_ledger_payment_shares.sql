-- What each capture and void means for each item of its order, as known on a night: the
-- paid amount split by largest remainder, and the item's parts released with it. One
-- row per key (order), night, movement and item; nothing without the order.
with segments as (
    select *
    from {{ ref('int_ledger_payment_segments') }}
    where {{ in_range('night') }} and order_id is not null
),

items as (
    select *
    from {{ ref('stg_order_items') }}
    where night <= {{ to_night() }} and {{ is_in('order_id', 'segments') }}
),

parties as (
    {{ periods(ref('int_order_parties'), 'order_id', within='segments') }}
),

matched as (
    select
        segments.*,
        parties.seller_id,
        parties.creator_id,
        items.order_item_id,
        items.paid_minor,
        sum(items.paid_minor) over (
            partition by segments.night, segments.fact_id
        ) as total_minor
    from segments
    inner join parties
        on
            segments.order_id = parties.order_id
            and segments.night >= parties.night
            and (segments.night < parties.until_night or parties.until_night is null)
    inner join items
        on
            segments.order_id = items.order_id
            and segments.currency = items.currency
            and segments.night >= items.night
),

covered as (
    select
        * exclude (from_minor, to_minor),
        least(from_minor, total_minor) as from_minor,
        least(to_minor, total_minor) as to_minor
    from matched
),

shared as (
    select
        *,
        {{ largest_remainder(
            'from_minor', 'paid_minor', 'total_minor', 'night, fact_id', 'order_item_id'
        ) }} as item_from_minor,
        {{ largest_remainder(
            'to_minor', 'paid_minor', 'total_minor', 'night, fact_id', 'order_item_id'
        ) }} as item_to_minor
    from covered
),

released as (
    select
        *,
        case when paid_minor > 0 then item_from_minor else from_minor end as from_share,
        case when paid_minor > 0 then item_to_minor else to_minor end as to_share,
        case when paid_minor > 0 then paid_minor else total_minor end as whole
    from shared
),

int_ledger_payment_shares as (
    select
        released.ledger_key,
        released.fact_id,
        released.reversed_fact_id,
        released.order_id,
        released.order_item_id,
        released.payment_id,
        released.seller_id,
        released.creator_id,
        released.currency,
        released.direction,
        released.item_to_minor - released.item_from_minor as principal_minor,
        {{ item_parts('items', 'from_share', 'to_share', 'whole') }},
        released.event_at,
        released.night
    from released
    inner join items on released.order_item_id = items.order_item_id
)

select * from int_ledger_payment_shares
