-- Orders as they stand now, with their items' totals and what the ledger says of their
-- money: one row per order.
with versions as (
    select * from {{ ref('stg_orders') }}
),

orders as (
    select
        *,
        cast(placed_at as date) as rate_for,
        min(night) over (partition by order_id) as first_night
    from versions
    qualify row_number() over (partition by order_id order by record_seq desc) = 1
),

items as (
    select
        order_id,
        count(*) as item_count,
        cast(sum(quantity) as bigint) as unit_count,
        cast(sum(gross_minor) as bigint) as items_gross_minor,
        cast(sum(paid_minor) as bigint) as items_paid_minor
    from {{ ref('stg_order_items') }}
    group by order_id
),

money as (
    select
        order_id,
        currency,
        sum(amount_minor) filter (
            where account = 'psp_cash' and source_table = 'payment_attempts'
        ) as captured_minor,
        -sum(amount_minor) filter (
            where account = 'psp_cash' and source_table = 'refunds'
        ) as refunded_minor,
        -sum(amount_minor) filter (
            where account = 'psp_cash' and fact = 'cash'
        ) as disputed_minor,
        -sum(amount_minor) filter (
            where account = 'unapplied_cash' and source_table = 'payment_attempts'
        ) as unapplied_minor,
        sum(amount_minor) filter (where account like 'loss_%') as net_loss_minor,
        sum(amount_usd) filter (
            where account = 'psp_cash' and source_table = 'payment_attempts'
        ) as captured_usd,
        sum(amount_usd) filter (where account like 'loss_%') as net_loss_usd
    from {{ ref('int_posting_orders') }}
    group by order_id, currency
),

first_known as (
    select
        order_id,
        currency,
        rate_for,
        first_night as night
    from orders
),

rates as (
    {{ known_rates('first_known') }}
),

currencies as (
    select * from {{ ref('ref_currencies') }}
),

fct_orders as (
    select
        orders.order_id,
        orders.buyer_user_id,
        orders.seller_id,
        orders.creator_id,
        orders.region,
        orders.business_line,
        orders.order_type,
        orders.channel,
        orders.payment_method,
        orders.status,
        orders.cancelled_by,
        orders.currency,
        coalesce(items.item_count, 0) as item_count,
        items.unit_count,
        items.items_gross_minor,
        items.items_paid_minor,
        cast(coalesce(money.captured_minor, 0) as bigint) as captured_minor,
        cast(coalesce(money.refunded_minor, 0) as bigint) as refunded_minor,
        cast(coalesce(money.disputed_minor, 0) as bigint) as disputed_minor,
        cast(coalesce(money.unapplied_minor, 0) as bigint) as unapplied_minor,
        cast(coalesce(money.net_loss_minor, 0) as bigint) as net_loss_minor,
        {{ amount_in_usd(
            'items.items_paid_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as amount_usd,
        cast(money.captured_usd as decimal(18, 2)) as captured_usd,
        cast(money.net_loss_usd as decimal(18, 2)) as net_loss_usd,
        orders.first_night,
        orders.placed_at,
        orders.paid_at,
        orders.delivered_at,
        orders.cancelled_at
    from orders
    left join items on orders.order_id = items.order_id
    left join money
        on orders.order_id = money.order_id and orders.currency = money.currency
    left join currencies on orders.currency = currencies.currency
    left join rates
        on
            orders.currency = rates.currency
            and orders.rate_for = rates.rate_for
            and orders.first_night = rates.night
)

select * from fct_orders
