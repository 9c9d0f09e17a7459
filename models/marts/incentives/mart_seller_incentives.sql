-- What the platform paid towards each seller's sales in discounts and shipping, beside
-- those sales: one row per seller and currency.
with spend as (
    select * from {{ ref('int_incentive_spend') }}
    where seller_id is not null and incentive_source in ('coupon', 'subsidy')
),

orders as (
    select * from {{ ref('fct_orders') }}
),

coverage as (
    {{ is_metric_known('seller_incentives') }}
),

sold as (
    select
        orders.seller_id,
        money.currency,
        count(distinct money.order_id) as captured_orders,
        sum(money.amount_minor) as gmv_minor
    from {{ ref('int_captured_money') }} as money
    inner join orders on money.order_id = orders.order_id
    group by orders.seller_id, money.currency
),

unknown as (
    select
        orders.seller_id,
        items.currency,
        count(*) as unknown_items
    from {{ ref('stg_order_items') }} as items
    inner join orders on items.order_id = orders.order_id
    where
        items.platform_discount_minor is null or items.shipping_subsidy_minor is null
    group by orders.seller_id, items.currency
),

summed as (
    select
        seller_id,
        currency,
        {{ incentive_sums() }},
        sum(amount_minor) filter (where incentive_source = 'coupon') as discount_minor,
        sum(amount_minor) filter (where incentive_source = 'subsidy')
            as shipping_subsidy_minor
    from spend
    group by seller_id, currency
),

joined as (
    select
        sold.*,
        {% for measure in [
            'discount_minor', 'shipping_subsidy_minor', 'granted_minor',
            'taken_back_minor', 'spend_minor', 'spend_usd'
        ] -%}
            case when coverage.is_known then coalesce(summed.{{ measure }}, 0) end
                as {{ measure }},
        {% endfor -%}
        case when coverage.is_known then summed.leaked_minor end as leaked_minor,
        case when coverage.is_known then summed.leaked_usd end as leaked_usd,
        coalesce(unknown.unknown_items, 0) as unknown_items,
        coalesce(summed.is_usd_complete, true) as is_usd_complete
    from sold
    cross join coverage
    left join summed
        on sold.seller_id = summed.seller_id and sold.currency = summed.currency
    left join unknown
        on sold.seller_id = unknown.seller_id and sold.currency = unknown.currency
),

mart_seller_incentives as (
    select
        seller_id,
        currency,
        captured_orders,
        cast(discount_minor as bigint) as discount_minor,
        cast(shipping_subsidy_minor as bigint) as shipping_subsidy_minor,
        granted_minor,
        taken_back_minor,
        spend_minor,
        leaked_minor,
        cast(gmv_minor as bigint) as gmv_minor,
        cast(spend_usd as decimal(18, 2)) as spend_usd,
        cast(leaked_usd as decimal(18, 2)) as leaked_usd,
        {{ share_of('spend_minor', 'sum(spend_minor) over (partition by currency)') }}
            as capture_share,
        {{ share_of('granted_minor', 'gmv_minor') }} as subsidy_intensity,
        {{ share_of('leaked_minor', 'spend_minor') }} as leakage_rate,
        unknown_items,
        is_usd_complete
    from joined
)

select * from mart_seller_incentives
