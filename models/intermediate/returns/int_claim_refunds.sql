-- Grain: one row per claim and night on which money refunded for it became known, with
-- all refunded by then. A refund that names no claim counts for every claim on its
-- item.
with all_claims as (
    select
        return_id,
        order_item_id,
        min(night) as night
    from {{ ref('stg_returns') }}
    where night <= {{ to_night() }}
    group by return_id, order_item_id
),

all_refunds as (
    select * from {{ ref('int_order_refunds') }}
    where night <= {{ to_night() }} and is_after_sales
),

moved as (
    select order_item_id from all_claims
    where {{ in_range('night') }}
    union
    select order_item_id from all_refunds
    where {{ in_range('night') }}
),

paid as (
    select
        all_claims.return_id,
        greatest(all_claims.night, all_refunds.night) as night,
        count(*) as refunds,
        count(*) - count(all_refunds.amount_usd) as unpriced_refunds,
        coalesce(sum(all_refunds.amount_usd), 0) as refunded_usd
    from all_claims
    inner join all_refunds
        on
            all_claims.order_item_id = all_refunds.order_item_id
            and all_claims.return_id
            = coalesce(all_refunds.return_id, all_claims.return_id)
    where all_claims.order_item_id in (select moved.order_item_id from moved)
    group by all_claims.return_id, greatest(all_claims.night, all_refunds.night)
),

int_claim_refunds as (
    select
        return_id,
        cast(sum(refunds) over so_far as bigint) as refunds,
        cast(sum(unpriced_refunds) over so_far as bigint) as unpriced_refunds,
        cast(sum(refunded_usd) over so_far as decimal(18, 2)) as refunded_usd,
        night
    from paid
    window so_far as (partition by return_id order by night)
    qualify {{ in_range('night') }}
)

select * from int_claim_refunds
