-- Grain: one row per claim of a buyer on an order item and night on which something
-- about it changed (the claim, its inspection, its refunds, the delivery and its
-- proof), with all that was known of it at the end of that night.
with all_claims as (
    select * from {{ ref('stg_returns') }}
    where night <= {{ to_night() }}
),

all_sales as (
    select * from {{ ref('int_item_sales') }}
    where night <= {{ to_night() }}
),

moved as (
    select order_item_id from all_claims
    where
        {{ in_range('night') }}
        or {{ touched('return_id', ref('int_claim_refunds')) }}
    union
    select order_item_id from all_sales
    where
        {{ in_range('night') }}
        or {{ touched('order_id', ref('int_order_deliveries')) }}
),

versions as (
    select * from all_claims
    where order_item_id in (select moved.order_item_id from moved)
),

current_versions as (
    {{ became_current('versions', ['return_id']) }}
),

claims as (
    {{ periods('current_versions', 'return_id', within='versions') }}
),

sales as (
    select * from all_sales
    where order_item_id in (select versions.order_item_id from versions)
),

deliveries as (
    {{ periods(ref('int_order_deliveries'), 'order_id', within='sales') }}
),

refunds as (
    {{ periods(ref('int_claim_refunds'), 'return_id', within='versions') }}
),

nights as (
    select return_id, night from claims
    union
    select return_id, night from refunds
    union
    select claims.return_id, unnest([sales.night, deliveries.night]) as night
    from claims
    inner join sales on claims.order_item_id = sales.order_item_id
    left join deliveries on sales.order_id = deliveries.order_id
),

int_return_claims as (
    select
        claims.return_id,
        sales.order_item_id,
        sales.order_id,
        claims.buyer_user_id,
        sales.seller_id,
        sales.sku_id,
        claims.return_shipment_id,
        sales.category_l1,
        sales.region,
        sales.business_line,
        claims.reason,
        claims.inspection,
        claims.decision,
        coalesce(claims.quantity, sales.quantity) as quantity,
        sales.quantity as sold_quantity,
        sales.weight_g as unit_weight_g,
        coalesce(refunds.refunds, 0) as refunds,
        coalesce(refunds.unpriced_refunds, 0) as unpriced_refunds,
        cast(
            sales.paid_usd
            * least(coalesce(claims.quantity, sales.quantity), sales.quantity)
            / nullif(sales.quantity, 0)
            as decimal(18, 2)
        ) as claimed_usd,
        coalesce(refunds.refunded_usd, 0) as refunded_usd,
        coalesce(deliveries.is_proven, false) as is_delivery_proven,
        nights.night,
        deliveries.delivered_at,
        claims.requested_at,
        claims.warehouse_received_at
    from nights
    inner join claims
        on
            nights.return_id = claims.return_id
            and nights.night >= claims.night
            and nights.night < coalesce(claims.until_night, date '9999-12-31')
    inner join sales
        on
            claims.order_item_id = sales.order_item_id
            and nights.night >= sales.night
    left join deliveries
        on
            sales.order_id = deliveries.order_id
            and nights.night >= deliveries.night
            and nights.night < coalesce(deliveries.until_night, date '9999-12-31')
    left join refunds
        on
            claims.return_id = refunds.return_id
            and nights.night >= refunds.night
            and nights.night < coalesce(refunds.until_night, date '9999-12-31')
    where {{ in_range('nights.night') }}
)

select * from int_return_claims
