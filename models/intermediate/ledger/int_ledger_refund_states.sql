-- Refunds with what is known of their item on a night: one row per key (item), night on
-- which the item changed, and refund. Refunds that undo a seller's sale also take back
-- the item's parts pro rata; goodwill and other people's money do not.
with refunds as (
    select
        *,
        case when funded_by = 'seller' then amount_minor else 0 end as undoes_minor
    from {{ ref('stg_refunds') }}
    where night <= {{ to_night() }}
),

items as (
    select *
    from {{ ref('stg_order_items') }}
    where
        night <= {{ to_night() }}
        and {{ is_in('order_item_id', 'refunds') }}
),

parties as (
    {{ periods(ref('int_order_parties'), 'order_id', within='items') }}
),

arrivals as (
    select
        order_item_id,
        night
    from refunds
    where {{ in_range('night') }}
    union
    select
        order_item_id,
        night
    from items
    where {{ in_range('night') }}
    union
    select
        items.order_item_id,
        parties.night
    from items
    inner join parties
        on items.order_id = parties.order_id and items.night <= parties.night
    where {{ in_range('parties.night') }}
),

known as (
    select
        arrivals.night,
        refunds.refund_id,
        refunds.order_item_id,
        refunds.payment_id,
        refunds.currency,
        refunds.amount_minor,
        refunds.funded_by,
        refunds.undoes_minor,
        refunds.succeeded_at,
        items.order_id,
        items.paid_minor,
        parties.seller_id,
        parties.creator_id,
        sum(refunds.undoes_minor) over (
            partition by arrivals.night, refunds.order_item_id, refunds.currency
            order by refunds.succeeded_at, refunds.refund_id
            rows between unbounded preceding and current row
        ) as undone_minor
    from arrivals
    inner join refunds
        on
            arrivals.order_item_id = refunds.order_item_id
            and arrivals.night >= refunds.night
    left join items
        on
            refunds.order_item_id = items.order_item_id
            and refunds.currency = items.currency
            and arrivals.night >= items.night
    left join parties
        on
            items.order_id = parties.order_id
            and arrivals.night >= parties.night
            and (arrivals.night < parties.until_night or parties.until_night is null)
),

shared as (
    select
        *,
        least(undone_minor - undoes_minor, paid_minor) as from_share,
        least(undone_minor, paid_minor) as to_share
    from known
),

int_ledger_refund_states as (
    select
        'item:' || shared.order_item_id as ledger_key,
        {{ fact_id('refunds', 'shared.refund_id', 'refund') }} as fact_id,
        cast(null as varchar) as reversed_fact_id,
        shared.order_id,
        shared.order_item_id,
        shared.payment_id,
        shared.seller_id,
        shared.creator_id,
        shared.currency,
        case when shared.seller_id is null then 'unknown' else shared.funded_by end
            as borne_by,
        -1 as direction,
        shared.amount_minor as principal_minor,
        {{ item_parts('items', 'from_share', 'to_share', 'items.paid_minor') }},
        shared.succeeded_at as event_at,
        shared.night
    from shared
    left join items
        on
            shared.order_item_id = items.order_item_id
            and shared.order_id = items.order_id
)

select * from int_ledger_refund_states
