-- Grain: one row per order and night on which something about it changed (a version, an
-- item, a refund), with all that was known of it at the end of that night.
with moved as (
    select order_id from {{ ref('stg_orders') }}
    where {{ in_range('night') }}
    union
    select order_id
    from {{ ref('int_order_item_values') }}
    where {{ in_range('night') }}
    union
    select order_id from {{ ref('int_order_refunds') }}
    where {{ in_range('night') }}
    union
    select order_id
    from {{ ref('int_refunds_made_good') }}
    where {{ in_range('night') }}
),

versions as (
    select * from {{ ref('stg_orders') }}
    where night <= {{ to_night() }} and order_id in (select moved.order_id from moved)
),

items as (
    select * from {{ ref('int_order_item_values') }}
    where night <= {{ to_night() }} and order_id in (select moved.order_id from moved)
),

refunds as (
    select * from {{ ref('int_order_refunds') }}
    where night <= {{ to_night() }} and order_id in (select moved.order_id from moved)
),

made_good as (
    select * from {{ ref('int_refunds_made_good') }}
    where night <= {{ to_night() }} and order_id in (select moved.order_id from moved)
),

current_versions as (
    {{ became_current('versions', ['order_id']) }}
),

states as (
    {{ periods('current_versions', 'order_id', within='moved') }}
),

changes as (
    select order_id, night
    from current_versions
    union all by name
    select
        order_id,
        night,
        paid_usd,
        case when paid_usd is null then 1 end as unpriced
    from items
    union all by name
    select
        order_id,
        night,
        amount_usd as refunded_usd,
        case when is_after_sales then 1 end as claims,
        case when is_after_sales then amount_usd end as claimed_usd,
        case when amount_usd is null then 1 end as unpriced,
        case when is_after_sales then cast(succeeded_at as date) end as claimed_on
    from refunds
    union all by name
    select
        order_id,
        night,
        -1 as claims,
        -amount_usd as claimed_usd
    from made_good
),

totals as (
    select
        order_id,
        night,
        coalesce(sum(sum(paid_usd)) over so_far, 0) as paid_usd,
        coalesce(sum(sum(refunded_usd)) over so_far, 0) as refunded_usd,
        coalesce(sum(sum(claimed_usd)) over so_far, 0) as claimed_usd,
        coalesce(sum(sum(claims)) over so_far, 0) as claims,
        coalesce(sum(sum(unpriced)) over so_far, 0) as unpriced,
        min(min(claimed_on)) over so_far as first_claimed_on
    from changes
    group by order_id, night
    window so_far as (partition by order_id order by night)
),

int_order_positions as (
    select
        totals.order_id,
        states.buyer_user_id,
        states.seller_id,
        states.region,
        states.business_line,
        cast(totals.claims as bigint) as open_refunds,
        cast(totals.unpriced as bigint) as unpriced_parts,
        cast(totals.paid_usd as decimal(18, 2)) as paid_usd,
        cast(totals.refunded_usd as decimal(18, 2)) as refunded_usd,
        cast(totals.claimed_usd as decimal(18, 2)) as open_refunded_usd,
        states.paid_at is not null as is_paid,
        states.cancelled_at is not null or states.status = 'cancelled' as is_cancelled,
        cast(states.placed_at as date) as placed_on,
        cast(states.delivered_at as date) as delivered_on,
        totals.first_claimed_on,
        totals.night
    from totals
    inner join states
        on
            totals.order_id = states.order_id
            and totals.night >= states.night
            and (totals.night < states.until_night or states.until_night is null)
    where {{ in_range('totals.night') }}
)

select * from int_order_positions
