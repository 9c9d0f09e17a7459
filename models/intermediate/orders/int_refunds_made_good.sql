-- Grain: one row per refund whose goods came back in order, on the night that was
-- known.
with refunds as (
    select * from {{ ref('int_order_refunds') }}
    where night <= {{ to_night() }} and is_after_sales
),

returns as (
    select
        return_id,
        min(night) as night
    from {{ ref('stg_returns') }}
    where
        night <= {{ to_night() }}
        and warehouse_received_at is not null
        and inspection = 'ok'
    group by return_id
),

int_refunds_made_good as (
    select
        refunds.refund_id,
        refunds.order_id,
        refunds.amount_usd,
        greatest(refunds.night, returns.night) as night
    from refunds
    inner join returns on refunds.return_id = returns.return_id
    where {{ in_range('greatest(refunds.night, returns.night)') }}
)

select * from int_refunds_made_good
